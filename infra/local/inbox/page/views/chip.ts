import { h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import type { DeliveryState, LogLevel, MeetingItem } from '../../inbox.ts';

export type Tone = 'plain' | 'good' | 'busy' | 'warn' | 'bad';

/** A word or two on a tinted ground; the words say what the tint says. */
export function chip(text: string, tone: Tone): Markup {
  return h('span', { class: `chip ${tone}` }, text);
}

export function deliveryChip(state: DeliveryState): Markup {
  return chip(state, deliveryTones[state]);
}

const deliveryTones: Readonly<Record<DeliveryState, Tone>> = {
  pending: 'busy',
  sending: 'busy',
  sent: 'good',
  failed: 'bad',
  superseded: 'plain',
  unknown: 'plain',
};

export function levelChip(level: LogLevel): Markup {
  return chip(level, levelTones[level]);
}

const levelTones: Readonly<Record<LogLevel, Tone>> = { debug: 'plain', info: 'plain', warn: 'warn', error: 'bad' };

/** How a meeting stands now. */
export function meetingChip({ status, validSince, validUntil }: MeetingItem, now: number): Markup {
  if (status === 'cancelled') return chip('cancelled', 'bad');
  if (Date.parse(validUntil) <= now) return chip('ended', 'plain');
  return Date.parse(validSince) <= now ? chip('on now', 'good') : chip('scheduled', 'busy');
}
