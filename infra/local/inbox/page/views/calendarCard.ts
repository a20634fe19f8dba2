import { type Content, h } from '../../../../../functions/pages/shared/markup.ts';
import type { CalendarContent, CalendarEntry } from '../../inbox.ts';
import { span } from '../times.ts';
import { chip, type Tone } from './chip.ts';
import { facts, part, source } from './facts.ts';
import { dayLeaf } from './lead.ts';

/** A calendar as the recipient's calendar shows it, and as it is written. */
export function calendarCard({ entry, fault, source: written }: CalendarContent): Content {
  return [
    entry && card(entry),
    fault !== undefined && h('p', { class: 'reason', role: 'alert' }, `It cannot be read: ${fault}`),
    part('Source', source(written, 'Source of the calendar')),
  ];
}

function card(entry: CalendarEntry): Content {
  const { method, sequence, status, summary, start, end } = entry;
  return h(
    'section',
    { class: 'calendar', 'aria-label': 'Calendar entry' },
    dayLeaf(start),
    h(
      'div',
      {},
      h('h3', { dir: 'auto' }, summary),
      h('p', { class: 'soft' }, `${span(start, end)}, in the time of this browser`),
      h(
        'p',
        { class: 'chips' },
        chip(method, tones[method] ?? 'plain'),
        status !== undefined && chip(status, 'plain'),
        chip(`sequence ${sequence}`, 'plain'),
      ),
      facts([
        ['Where', entry.location],
        ['Organizer', entry.organizer],
        ['Attendee', entry.attendees.join(', ')],
        ['About', entry.description && h('span', { class: 'prose' }, entry.description)],
        ['UID', h('code', {}, entry.uid)],
      ]),
    ),
  );
}

const tones: Readonly<Record<string, Tone>> = { REQUEST: 'busy', CANCEL: 'bad' };
