import type { Meeting } from '../../meetings/meeting.ts';
import { type Attendance, type Span, secondsOf } from './attendance.ts';

/** The attendance of a meeting as the API shows it to its organizer. */
export function presentAttendance(
  { id, validSince, validUntil }: Pick<Meeting, 'id' | 'validSince' | 'validUntil'>,
  attendance: Attendance,
) {
  const { organizer, participants, others } = attendance;
  return {
    id,
    validSince: validSince.toISOString(),
    validUntil: validUntil.toISOString(),
    summary: summaryOf(attendance),
    organizer: presentVisits(organizer),
    participants: participants.map(({ person: { id: own, name, userId, email, phone }, visits }) => {
      return { id: own, name, userId, email, phone, ...presentVisits(visits) };
    }),
    others: others.map(({ name, visits }) => ({ name, ...presentVisits(visits) })),
  };
}

/** How many were invited, how many of them were seen, and how many others came. */
export function summaryOf({ participants, others }: Attendance) {
  const seen = participants.filter(({ visits }) => visits.length > 0).length;
  return { invited: participants.length, seen, others: others.length };
}

function presentVisits(visits: readonly Span[]) {
  return {
    seen: visits.length > 0,
    seconds: secondsOf(visits),
    visits: visits.map(({ from, until, isPresent }) => {
      return { from: from.toISOString(), until: isPresent ? undefined : until.toISOString() };
    }),
  };
}
