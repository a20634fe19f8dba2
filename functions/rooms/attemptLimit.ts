import { countWithin } from '../runtime/limits.ts';
import type { Table } from '../runtime/table.ts';
import { networkOf } from './network.ts';

/** An office behind one address may come all at once; a scan of links would need far more. */
const attemptsPerMinute = 300;

/** Counts an attempt to enter a room, whatever comes of it. @throws Refusal `limited` */
export function countAttempt(table: Table, sourceAddress: string, now: Date): Promise<void> {
  const who = networkOf(sourceAddress);
  return countWithin(table, { what: 'room', who, windowSeconds: 60, most: attemptsPerMinute }, now);
}
