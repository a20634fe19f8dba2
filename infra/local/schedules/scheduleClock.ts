import { randomUUID } from 'node:crypto';
import { openJournal } from '../journal.ts';
import { createTimeHeap } from '../queues/timeHeap.ts';
import { type Schedule, schedule } from './schedule.ts';

const longestTimerMs = 2 ** 31 - 1;

/** The schedules, and the clock that fires them. */
export interface ScheduleClock {
  get(groupName: string, name: string): Schedule | undefined;
  set(changed: Schedule): void;
  delete(groupName: string, name: string): boolean;
  all(): Schedule[];
  /** Fires the schedules of a name now, as if their moment had come. @returns how many there were */
  fireNow(name: string): number;
  /** Begins to fire; what fell due while nothing ran fires at once. */
  start(): void;
  stop(): void;
}

/**
 * Opens the schedules that are kept in a journal.
 *
 * @param fire hands a due schedule's event over; it must have kept it when it returns, since the schedule is then gone (at least once: a
 *   process killed in between fires it again)
 */
export function openScheduleClock(journalPath: string, fire: (due: Schedule, eventId: string) => void): ScheduleClock {
  const journal = openJournal(journalPath, schedule);
  const heap = createTimeHeap<{ readonly key: string; readonly dueAt: number }>();
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  const keyOf = (groupName: string, name: string) => `${groupName}/${name}`;

  function enter({ GroupName, Name, dueAt, State, firedAt }: Schedule): void {
    if (State === 'ENABLED' && firedAt === undefined) heap.push(dueAt, { key: keyOf(GroupName, Name), dueAt });
  }

  function fireDue(): void {
    for (let entry = heap.pop(Date.now()); entry !== undefined; entry = heap.pop(Date.now())) {
      const due = journal.get(entry.key);
      if (due === undefined || due.dueAt !== entry.dueAt || due.State !== 'ENABLED' || due.firedAt !== undefined)
        continue;
      carryOut(due);
    }
    arm();
  }

  function carryOut(due: Schedule): void {
    fire(due, randomUUID());
    const key = keyOf(due.GroupName, due.Name);
    if (due.ActionAfterCompletion === 'DELETE') journal.delete(key);
    else journal.set(key, { ...due, firedAt: Date.now() });
  }

  function arm(): void {
    clearTimeout(timer);
    const nextAt = heap.nextAt();
    if (!started || nextAt === undefined) return;
    timer = setTimeout(fireDue, Math.min(longestTimerMs, Math.max(0, nextAt - Date.now())));
  }

  for (const kept of journal.values()) enter(kept);
  return {
    get: (groupName, name) => journal.get(keyOf(groupName, name)),
    set: (changed) => {
      journal.set(keyOf(changed.GroupName, changed.Name), changed);
      enter(changed);
      arm();
    },
    delete: (groupName, name) => journal.delete(keyOf(groupName, name)),
    all: () => [...journal.values()],
    fireNow: (name) => {
      const named = [...journal.values()].filter(({ Name, firedAt }) => Name === name && firedAt === undefined);
      for (const due of named) carryOut(due);
      return named.length;
    },
    start: () => {
      started = true;
      arm();
    },
    stop: () => {
      started = false;
      clearTimeout(timer);
      journal.close();
    },
  };
}
