import * as z from 'zod/mini';
import { isLanguageTag } from '../runtime/languageTag.ts';
import { lineInput } from '../runtime/text/text.ts';
import { aliasInput, longestName, longestUsername } from './names.ts';
import { phoneInput } from './phoneNumber.ts';
import { knownCapabilities } from './user.ts';
import type { Profile } from './userEntry.ts';
import { userIdText } from './userId.ts';

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

const capabilitiesRule = `must be an array of capabilities: ${knownCapabilities.join(', ')}`;

/** The body of `PUT /users/{id}`: all that an admin says of a user; what is absent they have not. */
export const provisionInput = z.strictObject(
  {
    username: z.optional(lineInput(longestUsername)),
    name: z.optional(lineInput(longestName)),
    capabilities: z
      .array(z.enum(knownCapabilities, { error: capabilitiesRule }), { error: capabilitiesRule })
      .check(z.maxLength(20, capabilitiesRule)),
    alias: z.optional(aliasInput),
    language: z.optional(languageInput),
    landLineNumber: z.optional(phoneInput),
  },
  { error: objectRule },
);

/** The path of a door to one user. */
export const userIdInput = z.strictObject({
  id: userIdText,
});
