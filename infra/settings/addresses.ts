import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import * as z from 'zod';
import { addIssue, quoteForMessage } from './kinds.ts';

const lead = 'Invalid linkHost.';

/** The host that links are built on, as an origin (`https://meetings.example.org`); slashes at its end are taken off. */
export const linkHost = z
  .string({ error: `${lead} It must be text.` })
  .transform(
    (given, context) => originOf(given, ['https', 'http']) ?? addIssue(context, `${lead} ${whyNoOrigin(given)}`),
  );

/** An origin with one of the schemes, likewise. */
export function originWith(schemes: readonly string[], example: string) {
  const sentence = `Must be an address such as ${example}, without a path, query, fragment or user.`;
  return z
    .string({ error: sentence })
    .transform((given, context) => originOf(given, schemes) ?? addIssue(context, sentence));
}

/** A host by name or by https URL, kept as an origin. */
export const hostOrOrigin = z
  .string({ error: 'Must be text.' })
  .transform(
    (given, context) =>
      originOf(given.includes('://') ? given : `https://${given.trim()}`, ['https']) ??
      addIssue(context, 'Must be a host name such as meet.example.org, or its https:// address without a path.'),
  );

function originOf(given: string, schemes: readonly string[]): string | undefined {
  const bare = withoutLastSlashes(given);
  const scheme = schemes.find((name) => bare.toLowerCase().startsWith(`${name}://`));
  const host = scheme && bare.slice(scheme.length + 3);
  if (!scheme || !host || given.length > 300 || /[\s/\\?#@]/.test(host) || !URL.canParse(bare)) return undefined;
  const url = new URL(bare);
  return isHost(url.hostname) ? `${scheme}://${url.host}` : undefined;
}

function withoutLastSlashes(given: string): string {
  return given.trim().replace(/(?<=[^:/])\/{1,8}$/, '');
}

/** Says the first thing that is wrong with a link's host; the order is the reader's, from left to right. */
function whyNoOrigin(given: string): string {
  const bare = withoutLastSlashes(given);
  const [, afterScheme] = /^https?:\/\/(.*)$/is.exec(bare) ?? [];
  if (afterScheme === undefined) return 'It must begin with https:// or http://.';
  if (/[\s\\]/.test(afterScheme)) return 'It must not hold blanks or backslashes.';
  if (/[?]/.test(afterScheme)) return 'It must not have a query (from the ? on).';
  if (/#/.test(afterScheme)) return 'It must not have a fragment (from the # on).';
  if (/@/.test(afterScheme)) return 'It must not have a user or password (before the @).';
  if (/\//.test(afterScheme)) return 'It must not have a path: linkPath is the place for it.';
  return `Its host ${quoteForMessage(afterScheme)} is no host name.`;
}

/** Tells whether text is a host name (RFC 1123) or an IP address as a URL holds it. */
export function isHost(given: string): boolean {
  if (/^\[[0-9a-f:.]{2,45}\]$/.test(given)) return true;
  return (
    given.length <= 253 &&
    given.split('.').every((label) => /^(?!-)[a-z0-9-]{1,63}$/i.test(label) && !label.endsWith('-'))
  );
}

/** A host name without a scheme. */
export const hostName = z
  .string({ error: 'Must be a host name such as example.org.' })
  .trim()
  .refine(isHost, { error: 'Must be a host name such as example.org.' });

/** A mail address by itself. */
export const mailbox = z
  .email({ error: 'Must be a mail address such as someone@example.org.', abort: true })
  .max(254, { error: 'Must be a mail address of 254 characters at most.' });

/** A mail address, or `Name <address>` (RFC 5322's name-addr without quoting). */
export const namedMailbox = z.string({ error: 'Must be text.' }).transform((given, context) => {
  const [, name = '', address = given.trim()] = /^([^<>"\r\n]{0,100})<([^<>]{1,254})>$/.exec(given.trim()) ?? [];
  if (!mailbox.safeParse(address).success) {
    return addIssue(context, 'Must be a mail address such as meetings@example.org, or Name <meetings@example.org>.');
  }
  return name === '' ? { address } : { address, name: name.trim() };
});

/** A phone number with its country's code, kept as E.164. */
export const phoneNumber = z
  .union([z.string(), z.number().transform(String)], { error: 'Must be text.' })
  .transform((given, context) => {
    const digits = given.trim().replace(/^\+/, '');
    const number = digits.length <= 30 ? parsePhoneNumberFromString(`+${digits}`) : undefined;
    if (number?.isPossible() && !number.ext) return number.number;
    return addIssue(context, 'Must be a phone number with its country code, such as +34999999999.');
  });

/** Returns the ISO 3166 code of a phone number's country, or undefined where its code is no one country's. */
export function countryOf(phone: string): string | undefined {
  return parsePhoneNumberFromString(phone)?.country;
}

/** A country's ISO 3166 alpha-2 code. */
export const country = z
  .string({ error: 'Must be a country code of two letters, such as ES.' })
  .toUpperCase()
  .refine(isSupportedCountry, {
    error: ({ input }) => `${quoteForMessage(input)} is no country's code of two letters (ISO 3166), such as ES.`,
  });

/** What a browser sends as `Origin`, or `*` for any. */
export const allowedOrigin = z
  .string({ error: 'Must be an origin such as https://app.example.org, or *.' })
  .refine((given) => given === '*' || originOf(given, ['https', 'http']) === given, {
    error: ({ input }) =>
      `${quoteForMessage(input)} is no origin: it must be * or as browsers write it, in small letters and without a path or slash at its end, such as https://app.example.org.`,
  });
