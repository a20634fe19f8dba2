import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';

/** What was done to a meeting, as it is kept: who made which revision of it, when, of what. */
export const historyEntrySchema = z.looseObject({
  revision: z.number(),
  at: storedInstant,
  /** The id of the user who called. */
  by: z.string(),
  /** What it was; kinds of another release are kept, and shown as they are. */
  kind: z.string(),
  /** The fields that became others, by their names in the API. */
  fields: z.optional(z.array(z.string())),
  /** How many joined, and how many left. */
  added: z.optional(z.number()),
  removed: z.optional(z.number()),
});

export type HistoryEntry = Readonly<z.output<typeof historyEntrySchema>>;

/**
 * The last so many are kept, of at most 300 bytes each: they fit into what `sizeFaults` leaves of DynamoDB's 400 KB, so
 * that no meeting becomes too large by being changed.
 */
export const mostHistory = 50;

/** A meeting as far as its history tells of it. */
interface Recorded {
  readonly revision: number;
  readonly updated: Date;
  readonly status: string;
  readonly key: string;
  readonly invitedAgain?: Date | undefined;
  readonly participants: readonly { readonly id: string }[];
  readonly history?: readonly HistoryEntry[] | undefined;
}

/** What the API calls a field, by what a row calls it; of participants it is told how many came and went, too. */
const fieldNames = {
  name: 'name',
  description: 'description',
  language: 'language',
  timeZone: 'timeZone',
  validSince: 'validSince',
  validUntil: 'validUntil',
  participants: 'participants',
  sendInvitations: 'sendInvitations',
  lobby: 'lobby',
  showAnswers: 'showAnswers',
  cohostsManage: 'cohostsManage',
  passwordHash: 'password',
  key: 'rotateLink',
} as const;

/**
 * The meeting with what somebody did to it in its history.
 *
 * @param before undefined of a new meeting
 * @param by the id of the user who called
 */
export function recordChange<Meeting extends Recorded>(
  before: Recorded | undefined,
  after: Meeting,
  by: string,
): Meeting {
  const entry: HistoryEntry = { revision: after.revision, at: after.updated, by, ...whatChanged(before, after) };
  return { ...after, history: [...(before?.history ?? []), entry].slice(-mostHistory) };
}

function whatChanged(
  before: Recorded | undefined,
  after: Recorded,
): Pick<HistoryEntry, 'kind' | 'fields' | 'added' | 'removed'> {
  if (!before) return { kind: 'scheduled' };
  if (after.status === 'cancelled') return { kind: 'cancelled' };
  if (after.invitedAgain?.getTime() !== before.invitedAgain?.getTime()) return { kind: 'invited-again' };
  const fields = Object.entries(fieldNames).flatMap(([field, name]) =>
    isDeepStrictEqual(comparable(Reflect.get(before, field)), comparable(Reflect.get(after, field))) ? [] : [name],
  );
  const [added, removed] = [countBeyond(after, before), countBeyond(before, after)];
  return { kind: 'changed', fields, ...(added > 0 ? { added } : {}), ...(removed > 0 ? { removed } : {}) };
}

/**
 * What is undefined and what is absent are one; of participants neither their order nor the last sequence that concerns
 * them is a change.
 */
function comparable(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const people = value.map(({ told: _, invited: __, ...person }) => person);
  return JSON.parse(JSON.stringify(people.sort((one, other) => (one.id < other.id ? -1 : 1))));
}

function countBeyond({ participants }: Recorded, other: Recorded): number {
  const known = new Set(other.participants.map(({ id }) => id));
  return participants.filter(({ id }) => !known.has(id)).length;
}

/** The history of a meeting as the API shows it, the newest first. */
export function presentHistory(
  { history = [] }: { readonly history?: readonly HistoryEntry[] | undefined },
  names: ReadonlyMap<string, string>,
) {
  const changes = history.map(({ revision, at, by, kind, fields, added, removed }) => {
    return { revision, at: at.toISOString(), by: { id: by, name: names.get(by) }, kind, fields, added, removed };
  });
  return { changes: changes.reverse() };
}
