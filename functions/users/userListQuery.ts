import * as z from 'zod/mini';
import { beginningInput } from '../runtime/text/text.ts';
import { longestUsername } from './names.ts';
import { entryPrefix, type ListedBy } from './userRows.ts';

const cursorRule = 'must be the cursor of a page of the same listing';
const limitRule = 'must be a whole number from 1 to 100';

/** A page of the listing: entries whose sort key begins with `prefix`, from after `after` on. */
export interface UserListPage {
  readonly prefix: string;
  readonly after: string | undefined;
  readonly limit: number;
}

/**
 * The query of `GET /users`: `username` or `email`, the beginning of what users are listed by (default: all by
 * username); `limit`, 1 to 100 (default 50); `cursor`, where the page before ended.
 */
export const userListQuery = z.pipe(
  z
    .strictObject({
      username: z.optional(beginningInput(longestUsername)),
      email: z.optional(beginningInput(longestUsername)),
      limit: z.optional(z.string({ error: limitRule }).check(z.regex(/^(?:[1-9]\d?|100)$/, limitRule))),
      cursor: z.optional(z.string({ error: cursorRule }).check(z.maxLength(1_500, cursorRule))),
    })
    .check(
      z.refine(({ username, email }) => username === undefined || email === undefined, {
        error: 'must not stand beside username',
        path: ['email'],
      }),
    ),
  z.transform(({ username, email, limit = '50', cursor }, context): UserListPage => {
    const by: ListedBy = email === undefined ? 'username' : 'email';
    const prefix = entryPrefix(by, email ?? username ?? '');
    const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
    if (after !== undefined && !after.startsWith(prefix)) {
      context.issues.push({
        code: 'custom',
        message: cursorRule,
        path: ['cursor'],
        input: cursor,
      });
    }
    return { prefix, after, limit: Number(limit) };
  }),
);

/** The cursor of a page that ended with this sort key. */
export function userCursor(sortKey: string): string {
  return Buffer.from(sortKey).toString('base64url');
}
