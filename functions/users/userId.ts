import * as z from 'zod/mini';

const rule = 'must be the id of a user: 1 to 128 printable ASCII characters, and not "me"';

/** The id of a user: the `sub` of their tokens, as ASCII (OpenID Connect Core, section 2); `me` is whoever calls. */
export const userIdText = z.string({ error: rule }).check(
  z.regex(/^[\x21-\x7e]{1,128}$/, rule),
  z.refine((id) => id.toLowerCase() !== 'me', rule),
  z.meta({ not: { pattern: '^[mM][eE]$' } }),
);
