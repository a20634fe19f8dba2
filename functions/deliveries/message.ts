import type { Standing } from '../meetings/answers/answer.ts';
import { dialInOf } from '../meetings/dialIn.ts';
import type { InvitedPeople } from '../meetings/invitedPeople.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import { capabilitiesOf, nameOf, roleOf, type User } from '../users/user.ts';
import type { CalendarOrganizer } from './calendar/meetingCalendar.ts';
import { type Action, type TemplateData, templateData } from './templates/templateData.ts';

/** What is said to one person, before any channel gives it a form. */
export interface Message {
  readonly meeting: Meeting;
  /** Undefined where the organizer has been deleted, or another release wrote their entry. */
  readonly organizer: User | undefined;
  /** The organizer as calendars know them; undefined where that is not known any more. */
  readonly calendarOrganizer: CalendarOrganizer | undefined;
  readonly person: Participant;
  /** In what order the recipient's language is looked for (BCP 47); the first that there is counts. */
  readonly languages: readonly (string | undefined)[];
  readonly action: Action;
  /** The meeting URL, or a short one that leads to it. */
  readonly url: string;
  /** The person's own link; of whoever has none, the meeting's. */
  readonly personalUrl: string;
  /** The same where it leads to a question that they can answer. */
  readonly answerUrl?: string | undefined;
  /** Whom mail does not reach, by what the organizer calls them: of the letter that says so. */
  readonly unreachable?: readonly string[] | undefined;
  /** How they stand to the meeting, for their calendar. */
  readonly standing: Standing;
  /** Of a letter that tells the organizer of their own meeting, and of no other: who was invited. */
  readonly invited?: InvitedPeople | undefined;
}

/** The recipient's own language, else the meeting's, else the first of the templates'. */
export function languageOf({ meeting, languages }: Message, settings: Pick<RuntimeSettings, 'languages'>): string {
  const own = languages.find((language) => language !== undefined);
  return own ?? meeting.language ?? settings.languages[0] ?? 'en';
}

/** What a template sees of a message; `party` is the address, number or device that it goes to. */
export function templateDataOf(message: Message, party: string, settings: RuntimeSettings): TemplateData {
  const { meeting, person, action, url, personalUrl, answerUrl, invited, unreachable } = message;
  return templateData({
    meeting: {
      ...meeting,
      url,
      personalUrl,
      answerUrl,
      invited,
      unreachable,
      language: meeting.language ?? settings.languages[0] ?? 'en',
      ddi: dialInOf(meeting, settings),
    },
    organizer: organizerFacts(message, settings),
    recipientId: person.id,
    party,
    action,
    brand: settings,
  });
}

/** Of an organizer who is not known there is what the meeting itself says: of one who has been deleted, nothing but their id. */
function organizerFacts({ meeting, organizer }: Message, { domain }: RuntimeSettings) {
  const { organizerId: id, organizer: named = { username: '' } } = meeting;
  if (!organizer) return { ...named, name: named.username, id, domain, role: 'user', capabilities: [] };
  return {
    ...organizer,
    name: nameOf(organizer),
    domain,
    role: roleOf(organizer),
    capabilities: capabilitiesOf(organizer),
  };
}
