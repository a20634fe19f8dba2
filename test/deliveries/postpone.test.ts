import { expect, test } from 'vitest';
import { type Obstacle, postponedJob } from '../../functions/deliveries/postpone.ts';
import { jobOf } from './deliveries.ts';

const now = new Date('2027-03-01T10:00:00.000Z');
const job = jobOf({ meetingId: 'm' });

/** How long a job waits each time, where it meets the same obstacle so often. */
function waits(obstacle: Obstacle, times: number, chance: number): (number | undefined)[] {
  let current = postponedJob(job, obstacle, now, chance);
  const seconds: (number | undefined)[] = [];
  for (let count = 0; count < times; count += 1) {
    seconds.push(current?.waitSeconds);
    current = current && postponedJob(current, obstacle, now, chance);
  }
  return seconds;
}

test('a throttled job waits up to twice as long each time, for ten minutes at most', () => {
  expect(waits('throttled', 12, 1)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
});

test('half of the wait is left to chance', () => {
  expect(waits('throttled', 5, 0)).toEqual([1, 2, 4, 8, 16]);
  expect(waits('throttled', 5, 0.5)).toEqual([2, 3, 6, 12, 24]);
});

test('a job that the set-up holds up waits from a minute to what SQS holds back at most', () => {
  expect(waits('setUp', 6, 1)).toEqual([60, 120, 240, 480, 900, 900]);
});

test('a job for which there was no time left comes again soon', () => {
  expect(waits('outOfTime', 7, 1)).toEqual([2, 4, 8, 16, 32, 60, 60]);
});

test('is the job itself, with how often and since when', () => {
  const once = postponedJob(job, 'setUp', now, 1);
  const twice = once && postponedJob(once, 'throttled', new Date('2027-03-01T10:01:00.000Z'), 1);

  expect(once).toEqual({ ...job, waitSeconds: 60, postponed: { times: 1, since: '2027-03-01T10:00:00.000Z' } });
  expect(twice).toEqual({ ...job, waitSeconds: 4, postponed: { times: 2, since: '2027-03-01T10:00:00.000Z' } });
});

test('is given up after three days', () => {
  const waiting = { ...job, postponed: { times: 300, since: now.toISOString() } };

  expect(postponedJob(waiting, 'setUp', new Date('2027-03-04T09:59:59.999Z'), 1)).toMatchObject({ waitSeconds: 900 });
  expect(postponedJob(waiting, 'setUp', new Date('2027-03-04T10:00:00.000Z'), 1)).toBeUndefined();
});
