import * as z from 'zod';
import { allowedOrigin } from './addresses.ts';
import { addIssue, listOf, oneOf, textMatching, wholeNumber, yesOrNo } from './kinds.ts';
import { manual } from './manual.ts';

/** Kept to the letter: nothing is trimmed or added. */
const issuer = z.string({ error: 'Must be text.' }).transform((given, context) => {
  const fault = whyNoIssuer(given);
  return fault === undefined ? given : addIssue(context, fault);
});

/** Says the first thing that is wrong with an issuer. */
function whyNoIssuer(given: string): string | undefined {
  if (/\s/.test(given)) return 'Must not hold blanks: it is compared with the iss of tokens to the letter.';
  if (!given.startsWith('https://')) return 'Must begin with https://, as API Gateway asks for.';
  if (/[?#@\\]/.test(given)) return 'Must have no query, fragment or user.';
  if (/\/\.well-known\b/.test(given)) return 'Must be the issuer itself, without /.well-known and what follows it.';
  if (/^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)\b/.test(given)) {
    return 'Must name one tenant by its id: no token has an iss that stands for many.';
  }
  if (given.length > 300 || !URL.canParse(given)) return 'Must be an address such as https://login.example.org/.';
  return undefined;
}

const claimName = textMatching(/^[^\s]{1,256}$/, 'Must be the name of a claim, without blanks.').refine(
  (given) => !/^(realm|resource)_access\b/.test(given),
  { error: "Must be a claim of its own, and Keycloak's roles are nested: add a mapper that writes them into one." },
);

/** Who callers are and what they may do. */
export const people = {
  issuer: issuer.optional().register(manual, {
    meaning: 'Whose tokens are taken. Must equal their `iss` to the letter, a slash at its end included.',
    values: 'an https:// address',
    example: 'https://login.example.org/',
    blank: 'the stack makes a Cognito user pool',
  }),
  audience: listOf(textMatching(/^\S+$/, 'Must be text without blanks.'))
    // API Gateway quotas, "Audiences per authorizer"
    .refine((given) => given.length <= 50, { error: 'Must be 50 at most: an authorizer takes no more.' })
    .default([])
    .register(manual, {
      meaning: 'Whom tokens must be made for (`aud`, or `client_id` without it): one of these. Needed with `issuer`.',
      values: 'text, or a list of texts',
      example: ['meetings'],
    }),
  capabilitiesClaim: claimName.default('cognito:groups').register(manual, {
    meaning: "The tokens' claim that lists capabilities, such as `meetings` and `admin`.",
    values: 'the name of a claim, which is not inside another one',
    example: 'capabilities',
  }),
  trustIssuerAddresses: yesOrNo.default(false).register(manual, {
    meaning: 'Whether mail addresses and phone numbers in tokens count without being marked as verified.',
    values: '`true` or `false`',
    example: false,
  }),
  mfa: oneOf(['off', 'optional', 'required']).default('optional').register(manual, {
    meaning:
      "Whether people of the stack's own user pool sign in with a code of an authenticator app (TOTP) besides: each who wants, or all.",
    values: '`off`, `optional` or `required`',
    example: 'required',
  }),
  passwordLength: wholeNumber(8, 99, 'characters').default(12).register(manual, {
    meaning:
      "How long a password in the stack's own user pool is at least; it holds a small and a capital letter, a digit and a symbol too.",
    values: 'characters, 8 to 99',
    example: 16,
  }),
  threatProtection: oneOf(['off', 'audit', 'full']).default('off').register(manual, {
    meaning:
      "Whether Cognito judges each sign-in to the stack's own user pool by its risk, and in `full` blocks what it finds risky. It costs more: the pool then has Cognito's plan Plus, otherwise Essentials.",
    values: '`off`, `audit` or `full`',
    example: 'audit',
  }),
  allowedOrigins: listOf(allowedOrigin)
    .default([])
    .register(manual, {
      meaning: 'The web pages from elsewhere that may call the API in a browser (CORS).',
      values: 'a list of origins, or `*` alone',
      example: ['https://app.example.org'],
    }),
};
