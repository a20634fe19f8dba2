import * as z from 'zod/mini';
import { storedInstant } from '../../runtime/row.ts';

/** Whoever comes back this soon was never gone: their page was loaded anew, or their network changed. */
const sameVisitMilliseconds = 2 * 60_000;

/** That somebody was in the room of a meeting, as it is kept: a row beside the meeting's, which raises nothing and tells nobody. */
export const visitSchema = z.looseObject({
  /** The seat that they had. */
  seatId: z.string(),
  /** As they called themselves. */
  name: z.string(),
  host: z.boolean(),
  /** Of whoever came by their personal link. */
  participantId: z.optional(z.string()),
  /** Of whoever came with a host's token. */
  userId: z.optional(z.string()),
  from: storedInstant,
  until: storedInstant,
  /** Epoch seconds: as the row of the meeting when they came. */
  expiresAt: z.number(),
});

/** That somebody was in the room of a meeting. */
export type Visit = Readonly<
  Pick<z.output<typeof visitSchema>, 'seatId' | 'name' | 'host' | 'participantId' | 'userId' | 'from' | 'until'>
>;

/** Somebody with a seat in a room, or who had it last, as far as their visit goes. */
export interface Presence extends Pick<Visit, 'name' | 'host'> {
  /** The seat's. */
  readonly id: string;
  readonly participantId?: string | undefined;
  readonly userId?: string | undefined;
  readonly seatedAt: Date;
  /** Since when they are there, where they have taken the seat again. */
  readonly joinedAt?: Date | undefined;
  /** Epoch milliseconds. */
  readonly heldUntil: number;
  /** The end of the meeting as it was when they came; absent in public rooms. */
  readonly meetingUntil?: Date | undefined;
}

/** A visit, and the end of the meeting as it was when they came. */
export interface SeenVisit extends Visit {
  readonly meetingUntil: Date;
}

/** The visit of whoever holds a seat, or held it last, until now; undefined in a public room. */
export function visitOf(seat: Presence, now: Date): SeenVisit | undefined {
  const { id: seatId, name, host, participantId, userId, meetingUntil } = seat;
  if (meetingUntil === undefined) return undefined;
  const who = { ...(participantId ? { participantId } : {}), ...(userId ? { userId } : {}) };
  return { seatId, name, host, ...who, from: joinedAt(seat), until: leftAt(seat, now), meetingUntil };
}

/** Since when somebody who takes a seat is there: since they came first, where they were gone for a moment alone. */
export function presentSince(before: Presence | undefined, now: Date): Date {
  return before && isSameVisit(leftAt(before, now), now) ? joinedAt(before) : now;
}

/** Joins the visits of one person that a moment alone lies between; in the order of time. */
export function joinVisits<Span extends { readonly from: Date; readonly until: Date }>(
  visits: readonly Span[],
): Span[] {
  const joined: Span[] = [];
  for (const visit of [...visits].sort((one, other) => one.from.getTime() - other.from.getTime())) {
    const last = joined.at(-1);
    if (!last || !isSameVisit(last.until, visit.from)) joined.push(visit);
    else if (visit.until > last.until) joined.splice(-1, 1, { ...last, until: visit.until });
  }
  return joined;
}

function isSameVisit(left: Date, back: Date): boolean {
  return back.getTime() - left.getTime() <= sameVisitMilliseconds;
}

function joinedAt({ joinedAt: since, seatedAt }: Presence): Date {
  return since ?? seatedAt;
}

/** Whoever went without a word was held to be there until their seat lapsed. */
function leftAt({ heldUntil }: Presence, now: Date): Date {
  return new Date(Math.min(heldUntil, now.getTime()));
}
