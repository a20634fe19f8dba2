import * as z from 'zod/mini';
import { isLanguageTag } from '../runtime/languageTag.ts';
import { aliasInput } from './names.ts';
import { phoneInput } from './phoneNumber.ts';
import { knownCapabilities } from './user.ts';
import type { Profile } from './userEntry.ts';

const languageRule = 'must be a language tag (BCP 47) such as en or es-MX';

/** Any language: what the templates do not speak they say in the nearest one that they do. */
const languageInput = z
  .string({ error: languageRule })
  .check(z.refine((tag) => tag.length <= 35 && isLanguageTag(tag), languageRule));

const objectRule = (issue: { code?: string }) =>
  issue.code === 'unrecognized_keys' ? undefined : 'must be a JSON object';

/** The body of `PATCH /users/me`, a JSON merge patch (RFC 7396); null takes a value away. */
export const profilePatch = z.pipe(
  z.strictObject(
    {
      alias: z.optional(z.nullable(aliasInput)),
      language: z.optional(z.nullable(languageInput)),
      landLineNumber: z.optional(z.nullable(phoneInput)),
    },
    { error: objectRule },
  ),
  z.transform(
    (patch): Profile => Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, value ?? undefined])),
  ),
);

const usernameRule = 'must be text of 1 to 128 characters, none of them a control character';
const capabilitiesRule = `must be an array of capabilities: ${knownCapabilities.join(', ')}`;

/** The body of `PUT /users/{id}`: all that an admin says of a user; what is absent they have not. */
export const provisionInput = z.strictObject(
  {
    username: z.optional(z.string({ error: usernameRule }).check(z.regex(/^[^\p{Cc}]{1,128}$/u, usernameRule))),
    capabilities: z
      .array(z.enum(knownCapabilities, { error: capabilitiesRule }), { error: capabilitiesRule })
      .check(z.maxLength(20, capabilitiesRule)),
    alias: z.optional(aliasInput),
    language: z.optional(languageInput),
    landLineNumber: z.optional(phoneInput),
  },
  { error: objectRule },
);

const idRule = 'must be the id of a user: 1 to 128 printable ASCII characters, and not "me"';

/** The path of a door to one user; `me` is whoever calls. */
export const userIdInput = z.strictObject({
  id: z.string().check(z.regex(/^(?!me$)[\x21-\x7e]{1,128}$/i, idRule)),
});
