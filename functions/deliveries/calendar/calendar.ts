import type { Standing as AnswerStanding } from '../../meetings/answers/answer.ts';
import type { DialIn } from '../../meetings/dialIn.ts';
import { mailableAddress, mailtoUri } from '../channels/email/mailAddress.ts';
import { manyLines, oneLine } from '../text.ts';
import { checkLine, fold, quotedParameter, unfold } from './contentLine.ts';

/**
 * What a calendar is to make of the meeting. Who is `removed` from one that takes place is told so by a cancellation
 * that leaves the meeting itself confirmed (RFC 5546, section 3.2.5).
 */
export type Standing = 'confirmed' | 'cancelled' | 'removed';

export interface CalendarFacts {
  /** With `domain` it names the meeting in every calendar, for ever. */
  readonly id: string;
  readonly domain: string;
  /** 0 at first, higher with every change that people are told of: of two copies the higher one counts. */
  readonly sequence: number;
  readonly standing: Standing;
  /** When the meeting was changed last: of two copies of one sequence the later counts (RFC 5546, section 2.1.5). */
  readonly stamp: Date;
  readonly name: string;
  readonly description?: string | undefined;
  readonly url: string;
  readonly ddi?: DialIn | undefined;
  readonly validSince: Date;
  readonly validUntil: Date;
  readonly organizer: { name: string; email?: string | undefined };
  /** Whether an answer is asked for, where the organizer has an address for it. Default: true. */
  readonly asksForAnswer?: boolean;
}

export type Method = 'REQUEST' | 'CANCEL';

/** All of a calendar file but what differs from recipient to recipient, which stands between the two halves. */
export interface Calendar {
  readonly method: Method;
  /** Whether an answer is asked for. */
  readonly asksForAnswer: boolean;
  readonly head: string;
  readonly tail: string;
  /** The meeting URL, in whose place each recipient gets their own. */
  readonly url: string;
  /** The lines that hold it, unfolded. */
  readonly linked: readonly string[];
}

export interface Attendee {
  readonly name?: string | undefined;
  readonly email: string;
  /** Their own link. Default: the meeting's. */
  readonly url?: string | undefined;
  /** Whether they need to come. Default: true. */
  readonly required?: boolean | undefined;
  /** What they answered. Default: nothing. */
  readonly standing?: AnswerStanding;
}

/** RFC 5545, section 3.2.12. */
const participationStatus: Readonly<Record<AnswerStanding, string>> = {
  accepted: 'ACCEPTED',
  tentative: 'TENTATIVE',
  declined: 'DECLINED',
  needsAction: 'NEEDS-ACTION',
};

/** The address of an organizer who has none that mail can be sent to, as Quobis's manual gives it. */
const noAddress = 'none@example.org';

const mostNameLength = 200;
const mostPersonLength = 100;
const mostDescriptionLength = 2_000;

/**
 * The calendar file of one revision of a meeting, for `calendarFor` to address to each recipient: building it takes
 * longer than all the rest of a mail.
 */
export async function buildCalendar(facts: CalendarFacts): Promise<Calendar> {
  const method = facts.standing === 'confirmed' ? 'REQUEST' : 'CANCEL';
  const url = new URL(facts.url).href;
  const organizer = { name: facts.organizer.name, email: mailableAddress(facts.organizer.email) };
  const lines = [...(await writtenByPackage(facts, method, url)), `URL:${url}`, organizerLine(organizer)];
  const isLinked = (line: string) => line.includes(url);
  return {
    method,
    asksForAnswer: facts.asksForAnswer !== false && organizer.email !== undefined,
    head: foldLines(lines.filter((line) => !isLinked(line))),
    tail: 'END:VEVENT\r\nEND:VCALENDAR\r\n',
    url,
    linked: lines.filter(isLinked),
  };
}

/** The file that one recipient gets: of all who were invited it names them alone, and leads to their own link. */
export function calendarFor(calendar: Calendar, attendee: Attendee): string {
  const { name, email, url = calendar.url, required = true, standing = 'needsAction' } = attendee;
  const commonName = quotedParameter(oneLine(name || email, mostPersonLength));
  const answer = `PARTSTAT=${participationStatus[standing]};RSVP=${calendar.asksForAnswer ? 'TRUE' : 'FALSE'}`;
  const role = required ? 'REQ-PARTICIPANT' : 'OPT-PARTICIPANT';
  const line = `ATTENDEE;CN=${commonName};ROLE=${role};${answer}:${mailtoUri(email)}`;
  return calendar.head + foldLines([...linesLeadingTo(url, calendar), line]) + calendar.tail;
}

function linesLeadingTo(url: string, calendar: Calendar): string[] {
  const { href } = new URL(url);
  return calendar.linked.map((line) => line.replaceAll(calendar.url, () => href));
}

function foldLines(lines: readonly string[]): string {
  return lines.map((line) => fold(checkLine(line))).join('');
}

/**
 * The same as a file to import. It asks nobody for an answer, and names no organizer, whom only an event with attendees
 * has (RFC 5545, section 3.8.4.3): calendars take a copy that names one alone for somebody else's, and lock it.
 */
export function calendarFile(calendar: Calendar, url = calendar.url): string {
  const head = calendar.head.replace(/^METHOD:.*\r\n/m, '').replace(/^ORGANIZER.*\r\n(?: .*\r\n)*/m, '');
  return head + foldLines(linesLeadingTo(url, calendar)) + calendar.tail;
}

/**
 * The lines that the `ics` package writes safely, unfolded. It is loaded on the first use, and is given no people and no
 * URL: a name with a line end would add lines to the file, and its check of URLs takes a second for a long one.
 */
async function writtenByPackage(facts: CalendarFacts, method: Method, url: string): Promise<string[]> {
  const { createEvent } = await import('ics');
  const event = {
    productId: '-//meetings-and-public-rooms//EN',
    method,
    uid: `${facts.id}@${facts.domain}`,
    sequence: facts.sequence,
    timestamp: facts.stamp.getTime(),
    start: facts.validSince.getTime(),
    end: facts.validUntil.getTime(),
    title: oneLine(facts.name, mostNameLength) || url,
    description: descriptionOf(facts, url),
    location: url,
    ...(facts.standing !== 'removed' && { status: statusOf(facts.standing) }),
  };
  const { error, value } = createEvent(event);
  if (error || value === null) throw new Error('the calendar could not be written', { cause: error });
  const lines = unfold(value).filter((line) => !/^(X-PUBLISHED-TTL:|END:|$)/.test(line));
  const names = lines.map((line) => line.slice(0, line.search(/[;:]|$/))).join(' ');
  if (!expectedLines.test(names)) throw new Error(`the calendar has other lines than it should: ${names}`);
  return lines;
}

const expectedLines =
  /^BEGIN VERSION CALSCALE PRODID METHOD BEGIN UID SUMMARY DTSTAMP DTSTART DTEND SEQUENCE DESCRIPTION LOCATION( STATUS)?$/;

function statusOf(standing: Exclude<Standing, 'removed'>): 'CONFIRMED' | 'CANCELLED' {
  return standing === 'confirmed' ? 'CONFIRMED' : 'CANCELLED';
}

/** One text for recipients of every language, so only what needs none. */
function descriptionOf({ description = '', ddi }: CalendarFacts, url: string): string {
  const dialIn = ddi && oneLine(ddi.pin ? `${ddi.extension} (PIN ${ddi.pin})` : ddi.extension);
  return [manyLines(description, mostDescriptionLength), url, dialIn].filter(Boolean).join('\n\n');
}

function organizerLine({ name, email }: CalendarFacts['organizer']): string {
  return `ORGANIZER;CN=${quotedParameter(oneLine(name, mostPersonLength))}:${mailtoUri(email ?? noAddress)}`;
}
