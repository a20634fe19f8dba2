import { type Presence, visitOf } from './visit.ts';
import type { VisitStore } from './visitStore.ts';

/** Where visits are kept; undefined where none are. */
export type Visits = Pick<VisitStore, 'keep'> | undefined;

/** Keeps that somebody was there until now, before their seat is freed: whoever dies in between has it written again. */
export async function noteVisit(visits: Visits, roomId: string, seat: Presence, now: Date): Promise<void> {
  const visit = visitOf(seat, now);
  if (visit) await visits?.keep(roomId, visit);
}
