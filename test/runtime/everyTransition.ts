import { expect } from 'vitest';
import { formatSpan } from '../../functions/deliveries/templates/formatting.ts';
import { timesIn } from '../../functions/pages/shared/words/times.ts';
import { clockTime, offsetIn, offsetText, transitions } from './transitions.ts';

const from = Date.UTC(2026, 10, 27);
const until = Date.UTC(2028, 10, 28);
const halfHour = 1_800_000;

/** Tries meetings around each change of the clocks of these zones. @returns the number of changes */
export function tryTransitions(timeZones: readonly string[]): number {
  let count = 0;
  for (const timeZone of timeZones) {
    const offset = offsetIn(timeZone);
    for (const change of transitions(timeZone, from, until)) {
      count += 1;
      for (const [start, end] of [
        [change - halfHour, change + halfHour],
        [change - 3 * 86_400_000, change + 3 * 86_400_000],
        [change - 1, change],
        [change, change + halfHour],
      ] as const) {
        const [before, after] = [offset(start), offset(end)];
        const written = formatSpan(start, end, { language: 'en-GB', timeZone });
        const zoneOfStart = before === after ? '' : ` ${offsetText(before)}`;
        const [first, last] = [
          `${clockTime(before, start)}${zoneOfStart}`,
          `${clockTime(after, end)} ${offsetText(after)}`,
        ];
        const context = `${timeZone} at ${new Date(start).toISOString()}`;
        const [left = '', right = ''] = written.split(' – ');
        expect(left.split(', ').at(-1), context).toBe(first);
        expect(right.split(', ').at(-1), context).toBe(last);
        const page = timesIn('en-GB', timeZone).span(new Date(start).toISOString(), new Date(end).toISOString());
        expect([page.split(' – ')[0], page.split(' – ')[1]?.split(', ').at(-1)], context).toEqual([first, last]);
      }
    }
  }
  return count;
}
