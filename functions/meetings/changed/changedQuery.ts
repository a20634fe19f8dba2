import { parseInput } from '../../runtime/input.ts';
import { invalidInput, Refusal } from '../../runtime/refusal.ts';
import { secondsPerDay } from '../../runtime/row.ts';
import { cursorFault, listQuery, readSealed, sealed, usualLimit } from '../listings/listQuery.ts';

/** Days for which it is kept that a meeting has changed; whoever asks for longer ago has to read the whole list again. */
export const changedDays = 30;

/** What of a meeting's list cannot be asked for together with what has changed. */
const others = ['from', 'until', 'role', 'status'] as const;

export interface ChangedQuery {
  /** Where the page begins: an instant, or behind the last one of the page before. */
  readonly after: string;
  /** When the first page was asked for. */
  readonly askedAt: Date;
  readonly limit: number;
}

/**
 * The query of `GET /meetings` with `updatedSince`.
 *
 * @throws Refusal `invalid-input`; `updates-expired` where what has changed since is not kept any more
 */
export function parseChangedQuery(query: Readonly<Record<string, string>>, userId: string, now: Date): ChangedQuery {
  const { limit = usualLimit, cursor, updatedSince, ...rest } = parseInput(listQuery, query);
  const faults = others
    .filter((name) => rest[name] !== undefined)
    .map((name) => ({ path: `/${name}`, message: 'must not stand beside updatedSince' }));
  if (faults.length > 0) throw invalidInput(faults);
  if (updatedSince === undefined) throw new Error('Only a query with updatedSince is parsed here');
  if (updatedSince.getTime() < now.getTime() - changedDays * secondsPerDay * 1_000) throw updatesExpired();
  if (cursor === undefined) return { after: updatedSince.toISOString(), askedAt: now, limit };
  return { ...readCursor(cursor, userId), limit };
}

/** Where a page of what has changed for a user ended. It names no user, and means nothing to another one. */
export function changedCursor(place: string, { askedAt }: Pick<ChangedQuery, 'askedAt'>, userId: string): string {
  return sealed(`${askedAt.toISOString()} ${place}`, userId);
}

const instant = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z`;
const placeExpression = new RegExp(`^(${instant}) (${instant}#[0-9a-z]{1,64})$`);

function readCursor(cursor: string, userId: string): Pick<ChangedQuery, 'after' | 'askedAt'> {
  const [, askedAt, after] = placeExpression.exec(readSealed(cursor, userId) ?? '') ?? [];
  if (!askedAt || !after) throw invalidInput([cursorFault]);
  return { after, askedAt: new Date(askedAt) };
}

function updatesExpired(): Refusal {
  const message = `What has changed is kept for ${changedDays} days: read the whole list again, and begin anew from then.`;
  return new Refusal('gone', 'updates-expired', message);
}
