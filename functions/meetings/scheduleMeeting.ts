import type { NewId } from '../runtime/ids.ts';
import { type InputFault, invalidInput } from '../runtime/refusal.ts';
import { isSameAddress } from '../users/addressIdentity.ts';
import { languageFaults } from './languages.ts';
import {
  linkKeyLength,
  longestMeetingDays,
  type Meeting,
  meetingIdLength,
  type Participant,
  participantIdLength,
  sealLength,
} from './meeting.ts';
import type { NewMeetingInput, ParticipantInput } from './meetingInput.ts';
import { type PasswordPlace, passwordFaults } from './password/passwordInput.ts';
import { cohostFaults, distinctPeople, type Owners, unknownUserFaults } from './people.ts';
import {
  impossibleNumberFaults,
  type SmsReach,
  smsNumberFaults,
  withPhoneTypes,
  withPlannedNumbers,
} from './smsReach.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The organizer as the rules see them: who they are, so that they are not invited to their own meeting. */
export interface Organizer {
  readonly id: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** The same, as calendars name them. */
export interface NamedOrganizer extends Organizer {
  readonly username: string;
}

/** What a deployment, and the directory, say of a meeting that is scheduled or changed. */
export interface MeetingCircumstances {
  /** Of meetings that name none. */
  readonly timeZone: string;
  /** Those that templates are written in. */
  readonly languages: readonly string[];
  /** Undefined where nobody has a number. */
  readonly smsReach?: SmsReach | undefined;
  /** The ids among those of participants that are no user's; undefined where all are. */
  readonly unknownUsers?: ReadonlySet<string> | undefined;
  /** Whose verified addresses, of the users who are named, those of participants are; by what identifies the address. */
  readonly owners?: Owners | undefined;
  /** What those users are called who have a name, by id. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  readonly passwordPlace?: PasswordPlace | undefined;
  /** What mail comes from; undefined where none is sent. */
  readonly serviceAddress?: string | undefined;
  readonly now: Date;
  readonly newId: NewId;
}

interface Circumstances extends MeetingCircumstances {
  readonly organizer: NamedOrganizer;
  /** Of the password that is given; undefined where none is. */
  readonly passwordHash?: string | undefined;
}

/**
 * A new meeting, at revision 1 and sequence 0; without `validUntil` it lasts an hour.
 *
 * @throws Refusal `invalid-input` where its times, or two entries that are one person, do not agree
 */
export function scheduleMeeting(
  input: NewMeetingInput,
  {
    organizer,
    timeZone,
    languages,
    smsReach,
    unknownUsers,
    owners,
    passwordHash,
    passwordPlace,
    serviceAddress,
    now,
    newId,
  }: Circumstances,
): Meeting {
  const validUntil = input.validUntil ?? usualEnd(input.validSince);
  const people = distinctPeople(withPlannedNumbers(input.participants, smsReach), owners);
  const faults = [
    ...startFaults(input.validSince, now),
    ...durationFaults(input.validSince, validUntil),
    ...languageFaults(input, languages),
    ...impossibleNumberFaults(input.participants, smsReach),
    ...(input.sendInvitations === false ? [] : smsNumberFaults(input.participants, smsReach)),
    ...unknownUserFaults(input.participants, unknownUsers),
    ...cohostFaults(input.participants),
    ...passwordFaults(input, { isProtected: false }, passwordPlace),
    ...people.faults,
  ];
  if (faults.length > 0) throw invalidInput(faults);
  const participants = withPhoneTypes(people.people, smsReach).map((person): Participant => {
    const self = isOrganizer(person, organizer);
    return {
      ...person,
      ...(self ? { userId: organizer.id } : {}),
      id: newId(participantIdLength),
      told: 0,
      invited: 0,
    };
  });
  const meeting: Meeting = {
    id: newId(meetingIdLength),
    key: newId(linkKeyLength),
    seal: newId(sealLength),
    organizerId: organizer.id,
    organizer: { username: organizer.username, email: organizer.email },
    organizerEntry: { told: 0, invited: 0, calendarAddress: serviceAddress },
    name: input.name,
    description: input.description,
    language: input.language,
    timeZone: input.timeZone ?? timeZone,
    validSince: input.validSince,
    validUntil,
    participants,
    removed: [],
    sendInvitations: input.sendInvitations ?? true,
    lobby: input.lobby ?? false,
    showAnswers: input.showAnswers ?? false,
    ...(input.cohostsManage ? { cohostsManage: true } : {}),
    passwordHash,
    status: 'scheduled',
    revision: 1,
    sequence: 0,
    created: now,
    updated: now,
  };
  const excess = sizeFaults(meeting);
  if (excess.length > 0) throw invalidInput(excess);
  return meeting;
}

/** The end of a meeting that names none: an hour after its start. */
export function usualEnd(validSince: Date): Date {
  return new Date(validSince.getTime() + hour);
}

/** A start may lie a little in the past (a clock that differs, a slow network), and at most five years ahead. */
export function startFaults(validSince: Date, now: Date): InputFault[] {
  const ahead = validSince.getTime() - now.getTime();
  if (ahead < -5 * minute) return [{ path: '/validSince', message: 'must not be more than 5 minutes in the past' }];
  if (ahead > 5 * 366 * day) return [{ path: '/validSince', message: 'must not be more than 5 years ahead' }];
  return [];
}

export function durationFaults(validSince: Date, validUntil: Date): InputFault[] {
  const duration = validUntil.getTime() - validSince.getTime();
  if (duration <= 0) return [{ path: '/validUntil', message: 'must be after validSince' }];
  if (duration < minute) return [{ path: '/validUntil', message: 'must be at least a minute after validSince' }];
  if (duration > longestMeetingDays * day) {
    return [{ path: '/validUntil', message: `must be at most ${longestMeetingDays} days after validSince` }];
  }
  return [];
}

/** DynamoDB keeps at most 400 KB in an item; JSON says a little more than DynamoDB counts. */
const mostBytes = 390_000;

export function sizeFaults({ history: _, ...meeting }: Meeting): InputFault[] {
  if (Buffer.byteLength(JSON.stringify(meeting)) <= mostBytes) return [];
  return [{ path: '/participants', message: 'must fit, with the rest of the meeting, into 390,000 bytes' }];
}

export function isOrganizer(person: ParticipantInput, organizer: Organizer): boolean {
  if (person.userId !== undefined) return person.userId === organizer.id;
  return isSameAddress(person.email, organizer.email) || isSameAddress(person.phone, organizer.phone);
}
