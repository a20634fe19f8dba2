import * as z from 'zod/mini';
import type { HttpRequest } from './http.ts';
import { parseInput } from './input.ts';

const rule = 'must be * or entity tags in double quotes with commas between them, such as "1"';
/** RFC 9110, section 8.8.3; a header has no characters beyond Latin-1. */
const tag = '(?:W[/])?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const list = new RegExp(`^[ \\x09]*(?:\\*|${tag}(?:[ \\x09]*,[ \\x09]*${tag})*)[ \\x09]*$`);

/** The header that makes a change conditional. */
export const ifMatchHeader = z.object({
  'If-Match': z.optional(z.string({ error: rule }).check(z.maxLength(2_000, rule), z.regex(list, rule))),
});

/** What `If-Match` says: any of these entity tags, or `*` for any at all; undefined where there is none. @throws Refusal `invalid-input` */
export function ifMatchOf({ headers }: HttpRequest): readonly string[] | undefined {
  const { 'If-Match': given } = parseInput(ifMatchHeader, { 'If-Match': headers['if-match'] });
  return given?.trim() === '*' ? ['*'] : given?.match(new RegExp(tag, 'g'))?.map(String);
}
