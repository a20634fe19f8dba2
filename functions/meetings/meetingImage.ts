import * as z from 'zod/mini';
import { imageInstant, imageText } from '../runtime/row.ts';

const person = z.pipe(
  z.object({
    M: z.object({
      id: imageText,
      userId: z.optional(imageText),
      email: z.optional(imageText),
      phone: z.optional(imageText),
    }),
  }),
  z.transform(({ M }) => M),
);

/** A meeting as it was before a change, as far as listings depend on it. */
export const meetingImageSchema = z.object({
  id: imageText,
  validSince: imageInstant,
  participants: z.pipe(
    z.object({ L: z.array(person) }),
    z.transform(({ L }) => L),
  ),
});

export type MeetingImage = Readonly<z.output<typeof meetingImageSchema>>;
