import * as z from 'zod/mini';
import { isLanguageTag } from '../runtime/languageTag.ts';
import { phoneInput } from '../users/phoneNumber.ts';
import { instantInput } from './instant.ts';

/** DynamoDB keeps at most 400 KB in one item; this many participants of ordinary size fit. */
export const mostParticipants = 2_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** One line of text: control characters and line ends become spaces, the ends are trimmed. */
function line(most: number) {
  const rule = `must be text of 1 to ${most} characters`;
  return z.pipe(
    z.pipe(
      z.string({ error: rule }).check(z.maxLength(most * 4, rule)),
      z.transform((text) => text.replace(controlCharacters, ' ').trim()),
    ),
    z.string().check(z.minLength(1, rule), z.maxLength(most, rule)),
  );
}

const paragraphs = z.pipe(
  z
    .string({ error: 'must be text of at most 2000 characters' })
    .check(z.maxLength(2_000, 'must be text of at most 2000 characters')),
  z.transform((text) => text.replace(/\r\n?/g, '\n').trim()),
);

const emailRule = 'must be a mail address such as ana@example.org, of at most 254 characters';
/** An RFC 5321 mailbox with a dot-atom: what SES takes. The length is checked first. */
const mailbox =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

const email = z
  .string({ error: emailRule })
  .check(z.refine((text) => text.length <= 254 && text.indexOf('@') <= 64 && mailbox.test(text), emailRule));

const languageRule = 'must be a language tag (BCP 47) such as en or es-MX';
const language = z
  .string({ error: languageRule })
  .check(z.refine((tag) => tag.length <= 35 && isLanguageTag(tag), languageRule));

const zoneRule = 'must be an IANA time zone such as Europe/Madrid';
const timeZone = z
  .string({ error: zoneRule })
  .check(z.refine((zone) => zone.length <= 64 && isTimeZone(zone), zoneRule));

const userId = z
  .string({ error: 'must be the id of a user' })
  .check(z.minLength(1, 'must be the id of a user'), z.maxLength(128, 'must be the id of a user'));

/** What an entry of `participants` may say. */
export const participantFields = {
  userId: z.optional(userId),
  email: z.optional(email),
  phone: z.optional(phoneInput),
  name: z.optional(line(100)),
  language: z.optional(language),
};

const participant = z
  .strictObject(participantFields, { error: objectRule('must be an object with userId, email or phone') })
  .check(
    z.refine(
      ({ userId, email, phone }) => userId !== undefined || email !== undefined || phone !== undefined,
      'must have userId, email or phone',
    ),
  );

const participantsRule = `must be an array of at most ${mostParticipants} participants`;

export function participantsOf<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.array(schema, { error: participantsRule }).check(z.maxLength(mostParticipants, participantsRule));
}

/** What a meeting says of itself, whether it is new or changed. */
export const meetingFields = {
  name: line(200),
  validSince: instantInput,
  validUntil: instantInput,
  language,
  timeZone,
  description: paragraphs,
  sendInvitations: z.boolean({ error: 'must be true or false' }),
  lobby: z.boolean({ error: 'must be true or false' }),
};

/** The body of `POST /meetings`. */
export const newMeetingInput = z.strictObject(
  {
    name: meetingFields.name,
    participants: participantsOf(participant),
    validSince: meetingFields.validSince,
    validUntil: z.optional(meetingFields.validUntil),
    language: z.optional(meetingFields.language),
    timeZone: z.optional(meetingFields.timeZone),
    description: z.optional(meetingFields.description),
    sendInvitations: z.optional(meetingFields.sendInvitations),
    lobby: z.optional(meetingFields.lobby),
    organizerId: z.optional(userId),
  },
  { error: objectRule('must be a JSON object') },
);

export type NewMeetingInput = z.output<typeof newMeetingInput>;
export type ParticipantInput = z.output<typeof participant>;

/** Unknown fields keep their own issue; only another shape than an object gets this sentence. */
export function objectRule(rule: string) {
  return (issue: { code?: string }) => (issue.code === 'unrecognized_keys' ? undefined : rule);
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
