import type { Meeting } from '../api/replies.ts';
import type { InvitedUserInput } from '../people/invitedUser.ts';
import type { PastedPerson } from '../people/parsePeople.ts';
import type { MeetingInput } from './draft.ts';

/** What a meeting says of itself, and a change may say otherwise. */
export const factNames = [
  'name',
  'validSince',
  'validUntil',
  'timeZone',
  'description',
  'language',
  'lobby',
  'showAnswers',
  'sendInvitations',
  'cohostsManage',
] as const;

export type FactName = (typeof factNames)[number];
export type Fact = string | boolean;
export type Facts = Readonly<Record<FactName, Fact>>;

/** A JSON merge patch of a meeting. */
export type Patch = Readonly<Record<string, unknown>>;

export type Role = 'cohost' | 'participant';
export type Roles = Readonly<Record<string, Role>>;

export interface PeopleChange {
  /** Ids of those who are taken off. */
  readonly removed: readonly string[];
  readonly added: readonly (PastedPerson | InvitedUserInput)[];
  /** By the id of a participant, where it becomes another. */
  readonly roles: Roles;
  /** Undefined leaves it; null takes it off. */
  readonly password: string | null | undefined;
}

/** Instants are compared as such, and what is absent as blank. */
export function factsOf(meeting: Meeting | MeetingInput): Facts {
  return {
    name: meeting.name.trim(),
    validSince: new Date(meeting.validSince).toISOString(),
    validUntil: new Date(meeting.validUntil).toISOString(),
    timeZone: meeting.timeZone,
    description: (meeting.description ?? '').trim(),
    language: meeting.language ?? '',
    lobby: meeting.lobby,
    showAnswers: meeting.showAnswers,
    sendInvitations: meeting.sendInvitations,
    cohostsManage: meeting.cohostsManage,
  };
}

/** The facts that differ, in their order. */
export function differences(one: Facts, other: Facts): FactName[] {
  return factNames.filter((name) => one[name] !== other[name]);
}

/** What makes of a meeting what was typed, with nothing beside it. */
export function patchOf(meeting: Meeting, wanted: Facts, { removed, added, roles, password }: PeopleChange): Patch {
  const changed = differences(factsOf(meeting), wanted);
  const moved = changed.includes('validSince') || changed.includes('validUntil');
  const sent = factNames.filter(
    (name) => changed.includes(name) || (moved && (name === 'validSince' || name === 'validUntil')),
  );
  const kept = meeting.participants
    .filter(({ id }) => !removed.includes(id))
    .map((person) => {
      const role = roleOf(roles, person);
      return { id: person.id, ...(role === (person.role ?? 'participant') ? {} : { role }) };
    });
  const isListed = removed.length > 0 || added.length > 0 || kept.some(({ role }) => role !== undefined);
  return {
    ...Object.fromEntries(sent.map((name) => [name, wanted[name] === '' ? null : wanted[name]])),
    ...(isListed ? { participants: [...kept, ...added] } : {}),
    ...(password === undefined ? {} : { password }),
  };
}

interface Someone {
  readonly id: string;
  readonly role?: 'cohost' | undefined;
}

/** What somebody who takes part is with a change. */
export function roleOf(roles: Roles, { id, role }: Someone): Role {
  return roles[id] ?? role ?? 'participant';
}

/** What both this change and another one changed, each to something else. */
export function conflictsOf(before: Facts, now: Facts, wanted: Facts): FactName[] {
  const theirs = differences(before, now);
  return differences(before, wanted).filter((name) => theirs.includes(name) && now[name] !== wanted[name]);
}

/** What was typed, on what the meeting has become since; of what both changed it is said whose holds. */
export function mergedFacts(before: Facts, now: Facts, wanted: Facts, mine: ReadonlySet<FactName>): Facts {
  const conflicts = conflictsOf(before, now, wanted);
  const held = differences(before, wanted).filter((name) => !conflicts.includes(name) || mine.has(name));
  return { ...now, ...Object.fromEntries(held.map((name) => [name, wanted[name]])) };
}

/** How many people will be told what. */
export interface Tells {
  readonly silent: boolean;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
}

/** Time, name and link concern all who stay; the rest is told to nobody until something else is. */
export function tellsOf(meeting: Meeting, patch: Patch, { removed, added }: PeopleChange): Tells {
  const silences = 'sendInvitations' in patch ? patch.sendInvitations === false : !meeting.sendInvitations;
  const concernsAll = ['name', 'validSince', 'validUntil'].some((name) => name in patch);
  return {
    silent: silences,
    changed: concernsAll ? meeting.participants.length - removed.length : 0,
    added: added.length,
    removed: removed.length,
  };
}
