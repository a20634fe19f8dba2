import * as z from 'zod/mini';

/** What SES may say of a mail that it took. */
export const wordNames = ['delayed', 'delivered', 'bounced', 'suppressed', 'rejected', 'complained'] as const;

/** How SES judges a bounce (SES developer guide, "Contents of event data that Amazon SES publishes", "Bounce types"). */
export const bounceKinds = ['permanent', 'transient', 'undetermined'] as const;

/**
 * The provider's word on one mail, as its delivery's row holds it. `status` is a status of RFC 3463, `5.1.1`, whose first
 * digit is its class: 2 for success, 4 for what may pass, 5 for good.
 */
export const wordSchema = z.object({
  name: z.enum(wordNames),
  /** Of what bounced. */
  bounce: z.optional(z.enum(bounceKinds)),
  status: z.optional(z.string()),
  /** RFC 3339 with milliseconds, UTC, so that it sorts. */
  at: z.iso.datetime({ precision: 3 }),
});

export type Word = Readonly<z.output<typeof wordSchema>>;

const ranks = { delayed: 1, delivered: 3, bounced: 4, suppressed: 5, rejected: 6, complained: 7 } as const;

/** Between a delay and a delivery: what was delivered may be answered by a program, which counts as such a bounce. */
const rankOfPassingBounce = 2;

/**
 * By which words on one mail are compared, as text: the heavier one holds, whichever came first and however often. What
 * tells more weighs more; of two alike it is the later one.
 */
export function weightOf({ name, bounce, status, at }: Word): string {
  const rank = name === 'bounced' && bounce !== 'permanent' ? rankOfPassingBounce : ranks[name];
  return [rank, at, bounce ?? '', status ?? ''].join(' ');
}

/** Whether the mail has not come to its recipient, and will not. */
export function isUndelivered({ name }: Word): boolean {
  return name === 'bounced' || name === 'suppressed' || name === 'rejected';
}
