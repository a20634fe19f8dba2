import type { DeliveryState, LogLevel, MeetingItem } from '../../inbox.ts';

export type Tone = 'plain' | 'good' | 'busy' | 'warn' | 'bad';

interface ChipProps {
  readonly tone?: Tone;
  readonly children: string;
}

/** A word or two on a tinted ground; the words say what the tint says. */
export function Chip({ tone = 'plain', children }: ChipProps) {
  return <span class={`chip ${tone}`}>{children}</span>;
}

export function DeliveryChip({ state }: { readonly state: DeliveryState }) {
  return <Chip tone={deliveryTones[state]}>{state}</Chip>;
}

const deliveryTones: Readonly<Record<DeliveryState, Tone>> = {
  pending: 'busy',
  sending: 'busy',
  sent: 'good',
  failed: 'bad',
  superseded: 'plain',
  unknown: 'plain',
};

export function LevelChip({ level }: { readonly level: LogLevel }) {
  return <Chip tone={levelTones[level]}>{level}</Chip>;
}

const levelTones: Readonly<Record<LogLevel, Tone>> = { debug: 'plain', info: 'plain', warn: 'warn', error: 'bad' };

interface MeetingChipProps {
  readonly meeting: MeetingItem;
  readonly now: number;
}

/** How a meeting stands now. */
export function MeetingChip({ meeting: { status, validSince, validUntil }, now }: MeetingChipProps) {
  if (status === 'cancelled') return <Chip tone="bad">cancelled</Chip>;
  if (Date.parse(validUntil) <= now) return <Chip>ended</Chip>;
  return Date.parse(validSince) <= now ? <Chip tone="good">on now</Chip> : <Chip tone="busy">scheduled</Chip>;
}
