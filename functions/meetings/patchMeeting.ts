import { isDeepStrictEqual } from 'node:util';
import type { NewId } from '../runtime/ids.ts';
import { type InputFault, invalidInput } from '../runtime/refusal.ts';
import { addressIdentity } from '../users/addressIdentity.ts';
import { languageFaults } from './languages.ts';
import { isPasswordProtected, linkKeyLength, type Meeting, type Participant, requireOpen } from './meeting.ts';
import type { MeetingPatch } from './meetingPatch.ts';
import { passwordFaults } from './password/passwordInput.ts';
import { unknownUserFaults, userIdsOf } from './people.ts';
import { replacePeople } from './replacePeople.ts';
import {
  durationFaults,
  type MeetingCircumstances,
  type Organizer,
  sizeFaults,
  startFaults,
  usualEnd,
} from './scheduleMeeting.ts';
import { impossibleNumberFaults, smsNumberFaults, withPhoneTypes, withPlannedNumbers } from './smsReach.ts';

export interface PatchCircumstances extends MeetingCircumstances {
  readonly organizer: Organizer;
  /** What is kept of the password from now on; null takes it off, undefined leaves it. */
  readonly passwordHash?: string | null | undefined;
}

/**
 * The next revision of a meeting; the same object where the patch changes nothing.
 *
 * Its time, name or link concerns all who take part and its organizer, and joining or leaving whoever does. Description,
 * language, zone, lobby, password, whether answers are shown and what co-hosts may do are told to nobody until they are told of something else: they leave `sequence` as it is.
 *
 * @throws Refusal `meeting-cancelled`, `meeting-ended`, `invalid-input`
 */
export function patchMeeting(meeting: Meeting, patch: MeetingPatch, circumstances: PatchCircumstances): Meeting {
  const { languages, now, smsReach } = circumstances;
  requireOpen(meeting, now);
  const sequence = meeting.sequence + 1;
  const draft = { ...meeting, ...fieldsOf(meeting, patch, circumstances), ...timesOf(meeting, patch) };
  const list = patch.participants && withPlannedNumbers(patch.participants, smsReach, meeting.participants);
  const people = list && replacePeople(meeting, list, { ...circumstances, sequence });
  const spoken = { language: patch.language ?? undefined, participants: patch.participants };
  throwIfFaulty([
    ...timeFaults(meeting, draft, now),
    ...languageFaults(spoken, languages),
    ...impossibleNumberFaults(patch.participants ?? [], smsReach),
    ...newSmsFaults(meeting, draft, patch, circumstances),
    ...unknownUserFaults(patch.participants ?? [], newlyUnknown(meeting, circumstances.unknownUsers)),
    ...passwordFaults(patch, { isProtected: isPasswordProtected(meeting) }, circumstances.passwordPlace),
    ...(people?.faults ?? []),
  ]);
  const { removed } = people ?? meeting;
  const participants = people ? withPhoneTypes(people.participants, smsReach) : meeting.participants;
  if (isSame(meeting, { ...draft, participants, removed })) return meeting;
  const toAll = concernsAll(meeting, draft);
  const concernsSomebody = toAll || !samePeople(meeting.participants, participants);
  const next = {
    ...draft,
    participants: toAll ? tellAll(participants, sequence) : participants,
    organizerEntry: toAll ? tellOrganizer(meeting, sequence) : meeting.organizerEntry,
    removed: removed.filter((person) => mayBeOwed(person, now)),
    revision: meeting.revision + 1,
    sequence: concernsSomebody ? sequence : meeting.sequence,
    timed: sameTimes(meeting, draft) ? meeting.timed : sequence,
    updated: now,
  };
  throwIfFaulty(sizeFaults(next));
  return next;
}

/** Whoever takes part already may stay. */
function newlyUnknown({ participants }: Meeting, unknown: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const known = userIdsOf(participants);
  return new Set([...unknown].filter((id) => !known.includes(id)));
}

/** Numbers matter where they are given, and all of them where a silent meeting begins to speak. */
function newSmsFaults(
  before: Meeting,
  after: Meeting,
  patch: MeetingPatch,
  { smsReach }: PatchCircumstances,
): InputFault[] {
  if (!after.sendInvitations) return [];
  return smsNumberFaults(patch.participants ?? (before.sendInvitations ? [] : before.participants), smsReach);
}

/** All of them, told of a `sequence`. */
export function tellAll(participants: readonly Participant[], sequence: number): Participant[] {
  return participants.map((person) => ({ ...person, told: sequence }));
}

/** Its organizer, told of a `sequence`; as if for the first time where they were never told of the meeting. */
export function tellOrganizer({ organizerEntry }: Meeting, sequence: number): Meeting['organizerEntry'] {
  return { ...organizerEntry, told: sequence, invited: organizerEntry?.invited ?? sequence };
}

function throwIfFaulty(faults: readonly InputFault[]): void {
  if (faults.length > 0) throw invalidInput(faults);
}

function fieldsOf(meeting: Meeting, patch: MeetingPatch, { timeZone, passwordHash, newId }: PatchCircumstances) {
  return {
    name: patch.name ?? meeting.name,
    description: patchedValue(patch.description, meeting.description, undefined),
    language: patchedValue(patch.language, meeting.language, undefined),
    timeZone: patchedValue(patch.timeZone, meeting.timeZone, timeZone),
    sendInvitations: patchedValue(patch.sendInvitations, meeting.sendInvitations, true),
    lobby: patchedValue(patch.lobby, meeting.lobby, false),
    showAnswers: patchedValue(patch.showAnswers, meeting.showAnswers, false),
    cohostsManage: patchedValue(patch.cohostsManage, meeting.cohostsManage, undefined) || undefined,
    passwordHash: patchedValue(passwordHash, meeting.passwordHash, undefined),
    ...(patch.rotateLink === true ? linkOfItsOwn(newId) : { key: meeting.key, linkName: meeting.linkName }),
  };
}

/** What ends in its organizer's alias is their other meetings' link too: only a link of its own can be new. */
function linkOfItsOwn(newId: NewId): Pick<Meeting, 'key' | 'linkName'> {
  return { key: newId(linkKeyLength), linkName: undefined };
}

/** A merge patch's way with one field: absent leaves it, null takes it back to what it is without a value. */
function patchedValue<Value>(input: Value | null | undefined, current: Value, without: Value): Value {
  if (input === undefined) return current;
  return input === null ? without : input;
}

/** A start alone takes the end with it. */
function timesOf(meeting: Meeting, { validSince = meeting.validSince, validUntil }: MeetingPatch) {
  if (validUntil === null) return { validSince, validUntil: usualEnd(validSince) };
  const duration = meeting.validUntil.getTime() - meeting.validSince.getTime();
  return { validSince, validUntil: validUntil ?? new Date(validSince.getTime() + duration) };
}

type Times = Pick<Meeting, 'validSince' | 'validUntil'>;

/** Times that stay may lie in the past: a meeting that has begun can still be extended. */
function timeFaults(before: Times, { validSince, validUntil }: Times, now: Date): InputFault[] {
  const start = sameInstant(before.validSince, validSince) ? [] : startFaults(validSince, now);
  const duration = durationFaults(validSince, validUntil);
  const over = validUntil <= now && start.length === 0 && duration.length === 0;
  return [...start, ...duration, ...(over ? [{ path: '/validUntil', message: 'must be in the future' }] : [])];
}

function sameInstant(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime();
}

function concernsAll(before: Meeting, after: Meeting): boolean {
  return !sameTimes(before, after) || before.name !== after.name || before.key !== after.key;
}

function sameTimes(before: Times, after: Times): boolean {
  return sameInstant(before.validSince, after.validSince) && sameInstant(before.validUntil, after.validUntil);
}

/**
 * Whether nobody joined or left, is to be told anew, or has other addresses: that somebody is a user concerns nobody.
 */
function samePeople(before: readonly Participant[], after: readonly Participant[]): boolean {
  const identities = (people: readonly Participant[]) =>
    people
      .map(({ id, told, email, phone }) =>
        [id, told, ...[email, phone].map((one) => one && addressIdentity(one))].join(' '),
      )
      .sort();
  return isDeepStrictEqual(identities(before), identities(after));
}

/** The order of participants is nobody's concern. */
function isSame(before: Meeting, after: Meeting): boolean {
  return isDeepStrictEqual(comparableMeeting(before), comparableMeeting(after));
}

function comparableMeeting(meeting: Meeting): unknown {
  const participants = [...meeting.participants].sort((one, other) => (one.id < other.id ? -1 : 1));
  return JSON.parse(JSON.stringify({ ...meeting, participants }));
}

/** Longer than the delivery queue keeps a job, with time for an operator to redrive what failed. */
const removedDays = 7;

function mayBeOwed({ takenOff }: Participant, now: Date): boolean {
  return takenOff === undefined || now.getTime() - takenOff.getTime() < removedDays * 86_400_000;
}
