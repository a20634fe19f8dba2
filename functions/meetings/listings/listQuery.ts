import * as z from 'zod/mini';
import { sha256 } from '../../runtime/digest.ts';
import { parseInput } from '../../runtime/input.ts';
import { invalidInput } from '../../runtime/refusal.ts';
import { statuses } from '../presentMeeting.ts';
import { instantInput } from '../times/instant.ts';
import { type FoundListing, listingPlaceOf } from './foundListing.ts';
import { listingRoles } from './listing.ts';

/** How many a page holds where the query does not say. */
export const usualLimit = 50;
const cursorRule = 'must be the cursor of a page that you were given';
const limitRule = 'must be a whole number from 1 to 100';

/** Epoch milliseconds are digits in a query; a `+` that was not escaped arrives as a space. */
const instant = z.pipe(
  z.transform((text) => {
    if (typeof text !== 'string') return text;
    return /^\d{13,16}$/.test(text) ? Number(text) : text.replace(' ', '+');
  }),
  instantInput,
);

/** What a query of `GET /meetings` may hold. */
export const listQuery = z.strictObject({
  from: z.optional(instant),
  until: z.optional(instant),
  role: z.optional(z.enum(listingRoles, { error: `must be one of ${listingRoles.join(', ')}` })),
  status: z.optional(z.enum(statuses, { error: `must be one of ${statuses.join(', ')}` })),
  limit: z.optional(
    z.pipe(
      z.string({ error: limitRule }).check(z.regex(/^\d{1,3}$/, limitRule)),
      z.pipe(z.transform(Number), z.number().check(z.minimum(1, limitRule), z.maximum(100, limitRule))),
    ),
  ),
  cursor: z.optional(z.string({ error: cursorRule })),
  updatedSince: z.optional(instant),
});

/** The last instant whose text sorts as it should: a year of five digits is written with a sign. */
const lastInstant = new Date('9999-12-31T23:59:59.999Z');

/**
 * The query of `GET /meetings`: `from` and `until` bound the start (the second one is left out),
 * `limit` is 50 where there is none.
 *
 * @throws Refusal `invalid-input`, for a cursor of another user too
 */
export function parseListQuery(query: Readonly<Record<string, string>>, userId: string) {
  const { from, until, role, status, limit = usualLimit, cursor } = parseInput(listQuery, query);
  if (from && until && until <= from) throw invalidInput([{ path: '/until', message: 'must be after from' }]);
  const after = cursor === undefined ? undefined : readCursor(cursor, userId);
  return { from: from && sortableInstant(from), until: until && sortableInstant(until), role, status, limit, after };
}

export type ListQuery = ReturnType<typeof parseListQuery>;

function sortableInstant(given: Date): Date {
  return given > lastInstant ? lastInstant : given;
}

/** Where a page of a user's list ended. It names no user, and means nothing to another one. */
export function meetingCursor(entry: FoundListing, userId: string): string {
  const place = listingPlaceOf(entry);
  return sealed(place, userId);
}

const sealLength = 16;
const placeExpression = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#[0-9a-z]{1,64}$/;

function readCursor(cursor: string, userId: string): string {
  const place = readSealed(cursor, userId);
  if (place !== undefined && placeExpression.test(place)) return place;
  throw invalidInput([cursorFault]);
}

/** What is wrong with a cursor that is none of this user's. */
export const cursorFault = { path: '/cursor', message: cursorRule };

/** A text as a cursor that means nothing to another user. */
export function sealed(text: string, userId: string): string {
  return Buffer.from(`${sealCursor(text, userId)}${text}`).toString('base64url');
}

/** The text of such a cursor; undefined where it is none of this user's. */
export function readSealed(cursor: string, userId: string): string | undefined {
  const text = Buffer.from(cursor.slice(0, 400), 'base64url').toString();
  const place = text.slice(sealLength);
  return text.startsWith(sealCursor(place, userId)) ? place : undefined;
}

function sealCursor(place: string, userId: string): string {
  return sha256(`${userId}\n${place}`).slice(0, sealLength);
}
