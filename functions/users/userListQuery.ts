import * as z from 'zod/mini';
import { entryPrefix, type ListedBy } from './userRows.ts';

const textRule = 'must be text of 1 to 128 characters';
const text = z.string().check(z.minLength(1, textRule), z.maxLength(128, textRule));
const limitRule = 'must be a number from 1 to 100';

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
      username: z.optional(text),
      email: z.optional(text),
      limit: z.optional(z.string().check(z.regex(/^(?:[1-9]\d?|100)$/, limitRule))),
      cursor: z.optional(z.string().check(z.maxLength(1_500))),
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
        message: 'must be the cursor of a page of the same listing',
        path: ['cursor'],
        input: cursor,
      });
    }
    return { prefix, after, limit: Number(limit) };
  }),
);

/** The cursor of a page that ended with this sort key. */
export function cursorOf(sortKey: string): string {
  return Buffer.from(sortKey).toString('base64url');
}
