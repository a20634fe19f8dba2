import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';

/** Text as a record of the table's stream holds it (DynamoDB JSON). */
const text = z.pipe(
  z.object({ S: z.string() }),
  z.transform(({ S }) => S),
);

const person = z.pipe(
  z.object({
    M: z.object({ id: text, userId: z.optional(text), email: z.optional(text), phone: z.optional(text) }),
  }),
  z.transform(({ M }) => M),
);

/** A meeting as it was before a change, as far as listings depend on it. */
export const meetingImageSchema = z.object({
  id: text,
  validSince: z.pipe(text, storedInstant),
  participants: z.pipe(
    z.object({ L: z.array(person) }),
    z.transform(({ L }) => L),
  ),
});

export type MeetingImage = Readonly<z.output<typeof meetingImageSchema>>;
