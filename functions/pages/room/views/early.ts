import { type Content, h } from '../../shared/markup.ts';
import type { Screen, State } from '../state.ts';
import { remaining } from '../times.ts';
import { icon } from './icon.ts';
import { meetingCard, meetingLinks } from './meetingCard.ts';
import type { Scene } from './scene.ts';

/** Before the room opens: how long it will take. */
export function earlyView(state: State, { meeting, moved }: Extract<Screen, { at: 'early' }>, scene: Scene): Content {
  const { words, times } = scene;
  const { opensAt } = meeting;
  const when = times.isSameDay(opensAt, state.now)
    ? words.opensToday(times.time(opensAt))
    : words.opensOn(times.dateAndTime(opensAt));
  return h(
    'main',
    { class: 'sheet', key: 'early' },
    h('p', { class: 'label' }, icon('clock'), h('span', {}, moved ? words.moved : words.early)),
    meetingCard(meeting, scene),
    countdown(Date.parse(opensAt) - state.now, scene),
    h('p', { class: 'soft' }, `${when} ${words.stayHere}`),
    meetingLinks(state, scene, true),
  );
}

function countdown(milliseconds: number, { words }: Scene): Content {
  if (milliseconds <= 0) return h('p', { class: 'countdown-over', key: 'over' }, words.opening);
  const left = remaining(milliseconds);
  const units = (['days', 'hours', 'minutes', 'seconds'] as const).filter(
    (unit) => (unit !== 'days' || left.days > 0) && (unit !== 'seconds' || left.days === 0),
  );
  return h(
    'section',
    { class: 'countdown', key: 'countdown', 'aria-labelledby': 'opens-in' },
    h('h2', { id: 'opens-in' }, words.opensIn),
    h(
      'div',
      { class: 'units', role: 'timer' },
      units.map((unit) =>
        h(
          'div',
          { key: unit },
          h('span', { class: 'count' }, unit === 'days' ? String(left[unit]) : String(left[unit]).padStart(2, '0')),
          ' ',
          h('span', { class: 'unit' }, words.units[unit](left[unit])),
        ),
      ),
    ),
  );
}
