import { type InvitedUser, type InvitedUserInput, inputOfUser } from '../people/invitedUser.ts';
import type { PastedPerson } from '../people/parsePeople.ts';
import { parsePeople } from '../people/parsePeople.ts';
import { instantIn, wallTimeIn } from '../times/zones.ts';

/** What somebody typed of a meeting, before it is sent; all of it is text as it stands in the fields. */
export interface Draft {
  readonly name: string;
  /** People as they were pasted. */
  readonly people: string;
  /** Users who are invited as such, after them. */
  readonly users: readonly InvitedUser[];
  readonly date: string;
  readonly time: string;
  /** Minutes; undefined where the end is a date and a time of its own. */
  readonly minutes: number | undefined;
  readonly endDate: string;
  readonly endTime: string;
  readonly zone: string;
  /** Where else its time is shown. */
  readonly places: readonly string[];
  readonly description: string;
  /** Blank: each person's own. */
  readonly language: string;
  readonly lobby: boolean;
  readonly password: string;
  readonly showAnswers: boolean;
  readonly sendInvitations: boolean;
  readonly cohostsManage: boolean;
}

/** What a meeting says of itself, as the API takes it. */
export interface MeetingInput {
  readonly name: string;
  readonly participants: readonly (PastedPerson | InvitedUserInput)[];
  readonly validSince: string;
  readonly validUntil: string;
  readonly timeZone: string;
  readonly description?: string;
  readonly language?: string;
  readonly lobby: boolean;
  readonly showAnswers: boolean;
  readonly sendInvitations: boolean;
  readonly cohostsManage: boolean;
  readonly password?: string;
}

/** A fault by the field that it is of: a JSON Pointer into what is sent. */
export type Faults = Readonly<Record<string, string>>;

/** A meeting of an hour, at the next whole hour. */
export function newDraft(zone: string, now: number): Draft {
  const hour = 3_600_000;
  const start = wallTimeIn(zone, Math.floor(now / hour) * hour + hour);
  const end = wallTimeIn(zone, Math.floor(now / hour) * hour + 2 * hour);
  return {
    name: '',
    people: '',
    users: [],
    ...start,
    minutes: 60,
    endDate: end.date,
    endTime: end.time,
    zone,
    places: [],
    description: '',
    language: '',
    lobby: false,
    password: '',
    showAnswers: false,
    sendInvitations: true,
    cohostsManage: false,
  };
}

/** When the meeting is; undefined where its date or time is not whole. */
export function spanOf(draft: Draft): { readonly start: number; readonly end: number } | undefined {
  const start = instantIn(draft.zone, draft.date, draft.time);
  if (start === undefined) return undefined;
  const end =
    draft.minutes === undefined ? instantIn(draft.zone, draft.endDate, draft.endTime) : start + draft.minutes * 60_000;
  return end === undefined ? undefined : { start, end };
}

/** What is sent; what cannot be sent has a fault with the code of its words. */
export function inputOf(draft: Draft): { readonly input?: MeetingInput; readonly faults: Faults } {
  const span = spanOf(draft);
  const start = instantIn(draft.zone, draft.date, draft.time);
  const faults: Record<string, string> = {};
  if (draft.name.trim() === '') faults['/name'] = 'name-needed';
  if (start === undefined) faults['/validSince'] = 'when-needed';
  else if (span === undefined) faults['/validUntil'] = 'when-needed';
  if (span === undefined || Object.keys(faults).length > 0) return { faults };
  return {
    faults,
    input: {
      name: draft.name,
      participants: [...parsePeople(draft.people).people, ...draft.users.map(inputOfUser)],
      validSince: new Date(span.start).toISOString(),
      validUntil: new Date(span.end).toISOString(),
      timeZone: draft.zone,
      ...(draft.description.trim() === '' ? {} : { description: draft.description }),
      ...(draft.language === '' ? {} : { language: draft.language }),
      lobby: draft.lobby,
      showAnswers: draft.showAnswers,
      sendInvitations: draft.sendInvitations,
      cohostsManage: draft.cohostsManage,
      ...(draft.password === '' ? {} : { password: draft.password }),
    },
  };
}
