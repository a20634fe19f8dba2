import { dialInOf } from '../../meetings/dialIn.ts';
import { linkOf } from '../../meetings/links/link.ts';
import { isParticipantRemoved, type Meeting, type Participant } from '../../meetings/meeting.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';
import type { CalendarFacts, Standing } from './calendar.ts';

/** The organizer as the meeting knew them when it was made. */
export interface CalendarOrganizer {
  readonly username: string;
  readonly email?: string | undefined;
}

/**
 * What a calendar is told of a meeting as it is now. Its SEQUENCE is the meeting's own: what a
 * person is told of later has the higher one, and a cancellation the highest (RFC 5546, section 2.1.4).
 */
export function calendarFacts(
  meeting: Meeting,
  organizer: CalendarOrganizer | undefined,
  standing: Standing,
  settings: RuntimeSettings,
): CalendarFacts {
  return {
    id: meeting.id,
    domain: settings.domain,
    sequence: meeting.sequence,
    standing,
    stamp: meeting.updated,
    name: meeting.name,
    description: meeting.description,
    url: linkOf(meeting, settings),
    ddi: dialInOf(meeting, settings),
    validSince: meeting.validSince,
    validUntil: meeting.validUntil,
    organizer: { name: organizer?.username ?? meeting.organizerId, email: organizer?.email },
  };
}

/**
 * The same for the organizer's own calendar: an entry of its own, since nobody can be invited by the ORGANIZER that they are
 * (RFC 5546, section 3.2.2: an invitation goes to attendees); clients do not file a request of their owner's. The service
 * invites them, in the name that participants know.
 *
 * @param serviceAddress what mail comes from now
 */
export function organizerCalendarFacts(
  meeting: Meeting,
  standing: Standing,
  settings: RuntimeSettings,
  serviceAddress: string,
): CalendarFacts {
  const { organizer, organizerId, organizerEntry } = meeting;
  const email = organizerEntry?.calendarAddress ?? serviceAddress;
  return {
    ...calendarFacts(meeting, organizer, standing, settings),
    id: `${meeting.id}.organizer`,
    organizer: { name: organizer?.username ?? organizerId, email },
    asksForAnswer: false,
  };
}

/** How the meeting stands for a person of it; without one, for whoever takes part. */
export function standingOf(meeting: Meeting, person?: Participant): Standing {
  if (meeting.status === 'cancelled') return 'cancelled';
  return person && isParticipantRemoved(meeting, person) ? 'removed' : 'confirmed';
}
