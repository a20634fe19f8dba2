import * as z from 'zod/mini';

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const rule = 'must be an RFC 3339 date-time with an offset (2027-03-01T09:30:00+01:00) or epoch milliseconds';

/** 2001-09-09 in milliseconds: a smaller number is a count of seconds, or nonsense. */
const smallestEpochMilliseconds = 1e12;

/** An instant as it comes in: RFC 3339 with an offset, or epoch milliseconds; a Date inside. */
export const instantInput = z.pipe(
  z.union([z.string().check(z.maxLength(40, rule)), z.number()], { error: rule }),
  z.transform((input, context): Date => {
    const milliseconds = typeof input === 'number' ? fromNumber(input) : fromText(input);
    if (milliseconds !== undefined) return new Date(milliseconds);
    context.issues.push({ code: 'custom', message: rule, input });
    return z.NEVER;
  }),
);

function fromNumber(value: number): number | undefined {
  const valid = Number.isInteger(value) && value >= smallestEpochMilliseconds && value <= 8.64e15;
  return valid ? value : undefined;
}

function fromText(text: string): number | undefined {
  if (!rfc3339.test(text) || !beginsWithDate(text)) return undefined;
  const milliseconds = Date.parse(text.toUpperCase());
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Whether a text of that form begins with a date that there is (RFC 3339, full-date). */
export function beginsWithDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  // Date.parse takes 30 February for 2 March.
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
