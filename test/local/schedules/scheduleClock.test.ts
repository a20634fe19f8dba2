import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Schedule } from '../../../infra/local/schedules/schedule.ts';
import { openScheduleClock, type ScheduleClock } from '../../../infra/local/schedules/scheduleClock.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const noon = new Date('2026-01-01T12:00:00Z').getTime();

let path: string;
let fired: string[];

beforeEach(() => {
  vi.useFakeTimers({ now: noon });
  path = join(temporaryDirectory(), 'schedules.jsonl');
  fired = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe('openScheduleClock', () => {
  test('fires each schedule at its moment and forgets the one that wants that', () => {
    const clock = start();
    clock.set(schedule('later', 120));
    clock.set(schedule('sooner', 60));
    clock.set({ ...schedule('kept', 90), ActionAfterCompletion: 'NONE' });

    vi.advanceTimersByTime(60_000);
    expect(fired).toEqual(['sooner']);
    vi.advanceTimersByTime(60_000);

    expect(fired).toEqual(['sooner', 'kept', 'later']);
    expect(clock.all().map(({ Name }) => Name)).toEqual(['kept']);
  });

  test('fires a schedule at once where that is asked, and not again', () => {
    const clock = start();
    clock.set(schedule('early', 60));

    expect(clock.fireNow('early')).toBe(1);
    expect(clock.fireNow('early')).toBe(0);
    vi.advanceTimersByTime(60_000);

    expect(fired).toEqual(['early']);
  });

  test('fires a schedule that was moved at its new moment alone', () => {
    const clock = start();
    clock.set(schedule('moved', 60));
    clock.set(schedule('moved', 120));

    vi.advanceTimersByTime(119_999);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fired).toEqual(['moved']);
  });

  test('does not fire what was deleted or is disabled', () => {
    const clock = start();
    clock.set(schedule('deleted', 60));
    clock.set({ ...schedule('disabled', 60), State: 'DISABLED' });
    clock.delete('reminders', 'deleted');

    vi.advanceTimersByTime(3_600_000);

    expect(fired).toEqual([]);
  });

  test('waits for a moment that is further than a timer reaches', () => {
    const clock = start();
    const days = 40 * 24 * 60 * 60;
    clock.set(schedule('far', days));

    vi.advanceTimersByTime(days * 1000 - 1);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fired).toEqual(['far']);
  });

  test('fires what fell due while nothing ran, once', () => {
    start().set(schedule('missed', 60));
    vi.advanceTimersByTime(0);
    vi.clearAllTimers();
    vi.setSystemTime(noon + 3_600_000);

    start();
    vi.advanceTimersByTime(0);
    start();
    vi.advanceTimersByTime(60_000);

    expect(fired).toEqual(['missed']);
  });
});

function start(): ScheduleClock {
  const clock = openScheduleClock(path, ({ Name }) => fired.push(Name));
  clock.start();
  return clock;
}

function schedule(Name: string, inSeconds: number): Schedule {
  return {
    Name,
    GroupName: 'reminders',
    ScheduleExpression: 'at(2026-01-01T00:00:00)',
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:function', RoleArn: 'arn:role' },
    ActionAfterCompletion: 'DELETE',
    State: 'ENABLED',
    arn: `arn:${Name}`,
    dueAt: noon + inSeconds * 1000,
    createdAt: noon,
    changedAt: noon,
  };
}
