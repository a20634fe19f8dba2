import type { Meeting, Participant } from '../../meetings/meeting.ts';
import { joinVisits, type Presence, type Visit, visitOf } from './visit.ts';

/** From when to when somebody was in the room. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
  /** They are there still; `until` is now. */
  readonly isPresent: boolean;
}

/** Who was in the room of a meeting, as far as it can be told: people are known by their personal links and hosts' tokens. */
export interface Attendance {
  readonly organizer: readonly Span[];
  readonly participants: readonly { readonly person: Participant; readonly visits: readonly Span[] }[];
  /** Whoever came by the meeting's own link, and whoever was taken off since, each as they called themselves. */
  readonly others: readonly { readonly name: string; readonly visits: readonly Span[] }[];
}

type Attended = Pick<Meeting, 'organizerId' | 'participants'>;

/**
 * Who attended a meeting.
 *
 * @param visits those that have ended
 * @param seated who has a seat in the room, or had it last and has not been missed yet
 */
export function attendanceOf(
  meeting: Attended,
  visits: readonly Visit[],
  seated: readonly Presence[],
  now: Date,
): Attendance {
  const groups = new Map<string, (Visit & Span)[]>();
  for (const visit of allVisits(visits, seated, now)) {
    const key = keyOfPerson(meeting, visit);
    groups.set(key, [...(groups.get(key) ?? []), visit]);
  }
  const take = (key: string) => {
    const found = groups.get(key) ?? [];
    groups.delete(key);
    return joinVisits<Span>(found);
  };
  const organizer = take(organizerKey);
  const participants = meeting.participants.map((person) => ({ person, visits: take(person.id) }));
  const others = [...groups.values()].map((theirs) => ({
    name: theirs[0]?.name ?? '',
    visits: joinVisits<Span>(theirs),
  }));
  return { organizer, participants, others: others.sort((one, other) => firstOf(one) - firstOf(other)) };
}

/** Seconds for which somebody was there. */
export function secondsOf(visits: readonly Span[]): number {
  return Math.round(visits.reduce((sum, { from, until }) => sum + until.getTime() - from.getTime(), 0) / 1_000);
}

const organizerKey = 'organizer';

function keyOfPerson({ organizerId, participants }: Attended, { participantId, userId, seatId }: Visit): string {
  const known = participants.find(
    ({ id, userId: own }) => id === participantId || (own !== undefined && own === userId),
  );
  if (known) return known.id;
  return userId !== undefined && userId === organizerId ? organizerKey : `seat ${seatId}`;
}

/** Of a visit that was taken up again, the row tells the end before that: whoever has the seat knows better. */
function allVisits(ended: readonly Visit[], seated: readonly Presence[], now: Date): (Visit & Span)[] {
  const lasting = seated.flatMap((seat) => {
    const visit = visitOf(seat, now);
    return visit ? [{ ...visit, isPresent: seat.heldUntil > now.getTime() }] : [];
  });
  const isTakenUp = ({ seatId, from }: Visit) =>
    lasting.some((visit) => visit.seatId === seatId && visit.from.getTime() === from.getTime());
  return [...ended.filter((visit) => !isTakenUp(visit)).map((visit) => ({ ...visit, isPresent: false })), ...lasting];
}

function firstOf({ visits }: { readonly visits: readonly Span[] }): number {
  return visits[0]?.from.getTime() ?? 0;
}
