/** What somebody can answer to an invitation, as the API writes it. */
export const answerStatuses = ['accepted', 'tentative', 'declined'] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

/** Another time for the meeting; instants are RFC 3339 UTC. */
export interface ProposedTime {
  readonly validSince: string;
  readonly validUntil?: string | undefined;
}

/** An answer that the service holds. */
export interface GivenAnswer {
  readonly status: AnswerStatus;
  readonly comment: string;
  readonly proposed: readonly ProposedTime[];
}

/** What the service says of a participant's invitation. */
export interface Invitation {
  /** That of the meeting which is answered. */
  readonly sequence: number;
  readonly given?: GivenAnswer | undefined;
  /** An answer that was given before the meeting was moved, and counts no more. */
  readonly earlier?: GivenAnswer | undefined;
}

/** What is in the fields. */
export interface TypedAnswer {
  readonly status: AnswerStatus | undefined;
  readonly comment: string;
  /** As `datetime-local` holds it, in the visitor's zone: `2027-03-01T10:30`; empty without one. */
  readonly time: string;
  /** A part of the time was typed. */
  readonly isTimeIncomplete: boolean;
}

/** Why an answer was not taken; the first six concern a field. */
export type AnswerFault =
  | 'status-needed'
  | 'comment-long'
  | 'comment-unfit'
  | 'time-incomplete'
  | 'time-past'
  | 'time-unfit'
  | 'moved'
  | 'busy'
  | 'unreachable'
  | 'not-invited'
  | 'ended'
  | 'cancelled';

export type AnswerField = 'status' | 'comment' | 'time';

/** The question to whoever comes by their own link, and what they answer. */
export interface Answering extends Invitation {
  readonly typed: TypedAnswer;
  /** They changed a field since it was asked, or since the answer was sent. */
  readonly isTouched: boolean;
  /** The answer was chosen in a letter. */
  readonly isChosen: boolean;
  /** The fields are there, not only the answer that was given. */
  readonly isEditing: boolean;
  readonly isSending: boolean;
  readonly fault: AnswerFault | undefined;
}

/** UTF-16 units, as the service counts them. */
export const longestComment = 500;

/** The field that a fault concerns; undefined where it concerns the whole. */
export function fieldOf(fault: AnswerFault | undefined): AnswerField | undefined {
  const [field] = fault?.split('-') ?? [];
  return field === 'status' || field === 'comment' || field === 'time' ? field : undefined;
}

/** What is wrong with the fields before they are sent. @param now epoch milliseconds */
export function faultOf(
  { status, comment, time, isTimeIncomplete }: TypedAnswer,
  now: number,
): AnswerFault | undefined {
  if (status === undefined) return 'status-needed';
  if (comment.length > longestComment) return 'comment-long';
  if (isTimeIncomplete) return 'time-incomplete';
  return time !== '' && Date.parse(time) <= now ? 'time-past' : undefined;
}

/** The answer that a letter's link has chosen: `#answer=accepted`. */
export function statusInFragment(fragment: string): AnswerStatus | undefined {
  const named = new URLSearchParams(fragment.replace(/^#/, '')).get('answer');
  return answerStatuses.find((status) => status === named);
}

/** An instant as `datetime-local` holds it, in the zone of this browser. */
export function localTime(instant: string): string {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * The times that are sent: the one that was typed, and those beside it that were proposed elsewhere and may still come.
 *
 * @param now epoch milliseconds
 */
export function proposedTimes(
  { typed: { time }, given }: Pick<Answering, 'typed' | 'given'>,
  now: number,
): ProposedTime[] {
  const [shown, ...others] = comingTimes(given, now);
  if (time === '') return others;
  const isShown = shown !== undefined && localTime(shown.validSince) === time;
  return [isShown ? shown : { validSince: new Date(time).toISOString() }, ...others];
}

/** What was proposed and lies ahead. */
export function comingTimes(given: GivenAnswer | undefined, now: number): ProposedTime[] {
  return given?.proposed.filter(({ validSince }) => Date.parse(validSince) > now) ?? [];
}
