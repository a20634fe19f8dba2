import * as z from 'zod/mini';
import { meetingFields, objectRule, participantFields, participantsOf } from './meetingInput.ts';

const idRule = 'must be the id of a participant of this meeting';
const participantId = z.string({ error: idRule }).check(z.regex(/^[0-9a-z]{1,64}$/, idRule));

/** What a reply says of a participant and nobody can change: a list may be sent back as it was read. */
const readOnlyFields = { answer: z.optional(z.unknown()), phoneType: z.optional(z.unknown()) };

const participant = z.pipe(
  z
    .strictObject(
      { id: z.optional(participantId), ...participantFields, ...readOnlyFields },
      { error: objectRule('must be an object with id, userId, email or phone') },
    )
    .check(
      z.refine(
        ({ id, userId, email, phone }) => [id, userId, email, phone].some((identity) => identity !== undefined),
        'must have id, userId, email or phone',
      ),
    ),
  z.transform(({ answer: _, phoneType: __, ...entry }) => entry),
);

/**
 * The body of `PATCH /meetings/{id}`, a JSON merge patch (RFC 7396): what is absent stays; null takes
 * an optional field back to what a new meeting has without it; `participants` is the whole new list,
 * in which an entry with nothing but the `id` of a participant (and perhaps `name`, `language`, `role` and `required`)
 * keeps their addresses.
 */
export const meetingPatch = z.strictObject(
  {
    name: z.optional(meetingFields.name),
    participants: z.optional(participantsOf(participant)),
    validSince: z.optional(meetingFields.validSince),
    validUntil: z.optional(z.nullable(meetingFields.validUntil)),
    language: z.optional(z.nullable(meetingFields.language)),
    timeZone: z.optional(z.nullable(meetingFields.timeZone)),
    description: z.optional(z.nullable(meetingFields.description)),
    sendInvitations: z.optional(z.nullable(meetingFields.sendInvitations)),
    lobby: z.optional(z.nullable(meetingFields.lobby)),
    showAnswers: z.optional(z.nullable(meetingFields.showAnswers)),
    cohostsManage: z.optional(z.nullable(meetingFields.cohostsManage)),
    password: z.optional(z.nullable(meetingFields.password)),
    isPasswordProtected: z.optional(meetingFields.isPasswordProtected),
    record: z.optional(z.nullable(meetingFields.record)),
    /** True makes a new link, and the one before it opens nothing any more. */
    rotateLink: z.optional(z.boolean({ error: 'must be true or false' })),
  },
  { error: objectRule('must be a JSON object') },
);

export type MeetingPatch = z.output<typeof meetingPatch>;
export type PatchedParticipant = z.output<typeof participant>;
