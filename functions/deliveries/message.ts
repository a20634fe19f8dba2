import { dialInOf } from '../meetings/dialIn.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import { capabilitiesOf, roleOf, type User } from '../users/user.ts';
import type { CalendarOrganizer } from './calendar/meetingCalendar.ts';
import { type Action, type TemplateData, templateData } from './templates/templateData.ts';

/** What is said to one person, before any channel gives it a form. */
export interface Letter {
  readonly meeting: Meeting;
  /** Undefined where the organizer has been deleted. */
  readonly organizer: User | undefined;
  /** The organizer as calendars know him; undefined where it is not known any more. */
  readonly calendarOrganizer: CalendarOrganizer | undefined;
  readonly person: Participant;
  /** The user that he is, where he was named as such and by no address. */
  readonly user: User | undefined;
  readonly action: Action;
  /** The meeting URL, or a short one that leads to it. */
  readonly url: string;
}

/** The recipient's own language, else the meeting's, else the first of the templates'. */
export function languageOf({ meeting, person, user }: Letter, { languages }: RuntimeSettings): string {
  return person.language ?? user?.language ?? meeting.language ?? languages[0] ?? 'en';
}

/** What a template sees of a letter; `party` is the address or number that it goes to. */
export function dataOf(letter: Letter, party: string, settings: RuntimeSettings): TemplateData {
  const { meeting, person, action, url } = letter;
  return templateData({
    meeting: {
      ...meeting,
      url,
      language: meeting.language ?? settings.languages[0] ?? 'en',
      ddi: dialInOf(meeting, settings),
    },
    organizer: organizerFacts(letter, settings),
    recipientId: person.id,
    party,
    action,
  });
}

/** An organizer who has been deleted keeps nothing but his id. */
function organizerFacts({ meeting, organizer }: Letter, { domain }: RuntimeSettings) {
  if (!organizer) return { id: meeting.organizerId, domain, username: '', role: 'user', capabilities: [] };
  return { ...organizer, domain, role: roleOf(organizer), capabilities: capabilitiesOf(organizer) };
}
