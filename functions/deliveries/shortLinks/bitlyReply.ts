import * as z from 'zod/mini';

/** Characters; Bitly's links have about 22. */
const longest = 64;

const answerSchema = z.object({
  link: z.string().check(z.maxLength(longest), z.regex(/^https:\/\/bit\.ly\/[A-Za-z0-9_-]+$/)),
});

/** The short link in an answer of Bitly's; undefined where it is none of the domain that links are asked of. */
export function shortLinkIn(answer: unknown): string | undefined {
  const parsed = z.safeParse(answerSchema, answer);
  return parsed.success ? parsed.data.link : undefined;
}

const refusalSchema = z.object({ message: z.string().check(z.regex(/^[A-Z_]{1,60}$/)) });

/** Bitly's own word for a refusal, as `FORBIDDEN`; undefined for whatever might hold more than a word. */
export function refusalIn(answer: unknown): string | undefined {
  const parsed = z.safeParse(refusalSchema, answer);
  return parsed.success ? parsed.data.message : undefined;
}
