import * as z from 'zod/mini';
import { ianaZone } from '../../runtime/times/ianaZone.ts';
import { instantOf } from '../../runtime/times/localTime.ts';
import { beginsWithDate, instantInput } from './instant.ts';
import { timeZoneInput } from './timeZoneInput.ts';

const rule =
  'must be an RFC 3339 date-time with an offset (2027-03-01T09:30:00+01:00), epoch milliseconds, or a dateTime with its timeZone';
const localRule = 'must be a date and time without an offset, such as 2027-03-01T09:30';
const localForm = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;

/** What the clocks of a zone show, to the second. */
export const localTimeInput = z.strictObject({
  dateTime: z
    .string({ error: localRule })
    .check(z.refine((text) => localForm.test(text) && beginsWithDate(text), localRule)),
  timeZone: timeZoneInput,
});

/**
 * A time of a meeting as it comes in: an instant, or what the clocks of a zone show then (RFC 5545, section 3.3.5, decides
 * what is shown twice or never); a Date inside.
 */
export const timeInput = z.pipe(
  z.union(
    [
      z.string().check(z.maxLength(40, rule)),
      z.number(),
      z.looseObject({}).check(z.refine((value) => !Array.isArray(value), rule)),
    ],
    { error: rule },
  ),
  z.transform((input, context): Date => {
    if (typeof input === 'object') {
      const local = z.safeParse(localTimeInput, input, { reportInput: true });
      if (local.success) return new Date(instantOf(Date.parse(`${local.data.dateTime}Z`), local.data.timeZone));
      context.issues.push(...(local.error.issues as z.core.$ZodRawIssue[]));
      return z.NEVER;
    }
    const instant = z.safeParse(instantInput, input);
    if (instant.success) return instant.data;
    context.issues.push({ code: 'custom', message: rule, input });
    return z.NEVER;
  }),
);

/** The body of a new meeting, which has the zone of its start where it names none itself. */
export function withZoneOfStart(body: unknown): unknown {
  if (!isObject(body) || body.timeZone !== undefined || !isObject(body.validSince)) return body;
  const { timeZone } = body.validSince;
  return typeof timeZone === 'string' && ianaZone(timeZone) ? { ...body, timeZone } : body;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
