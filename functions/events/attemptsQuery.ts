import * as z from 'zod/mini';

const cursorRule = 'must be the cursor of a page of the same listing';
const limitRule = 'must be a whole number from 1 to 100';

/** The query of `GET /webhooks/{id}/attempts`: `limit`, 1 to 100 (default 50); `cursor`, where the page before ended. */
export const attemptsQuery = z.pipe(
  z.strictObject({
    limit: z.optional(z.string({ error: limitRule }).check(z.regex(/^(?:[1-9]\d?|100)$/, limitRule))),
    cursor: z.optional(z.string({ error: cursorRule }).check(z.maxLength(400, cursorRule))),
  }),
  z.transform(({ limit = '50', cursor }, context) => {
    const before = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
    if (before !== undefined && !/^EVENT#[\x21-\x7e]{1,250}$/.test(before)) {
      context.issues.push({ code: 'custom', message: cursorRule, path: ['cursor'], input: cursor });
    }
    return { limit: Number(limit), before };
  }),
);

/** The cursor of a page that ended with this sort key. */
export function attemptsCursor(sortKey: string): string {
  return Buffer.from(sortKey).toString('base64url');
}
