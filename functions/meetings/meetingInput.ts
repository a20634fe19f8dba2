import * as z from 'zod/mini';
import { isLanguageTag } from '../runtime/languageTag.ts';
import { lineInput, paragraphsInput } from '../runtime/text/text.ts';
import { emailInput } from '../users/emailAddress.ts';
import { phoneInput } from '../users/phoneNumber.ts';
import { userIdText } from '../users/userId.ts';
import { passwordInput } from './password/passwordInput.ts';
import { timeInput } from './times/localTime.ts';
import { timeZoneInput } from './times/timeZoneInput.ts';

/** DynamoDB keeps at most 400 KB in one item; this many participants of ordinary size fit. */
export const mostParticipants = 2_000;

const languageRule = 'must be a language tag (BCP 47) such as en or es-MX';
const language = z
  .string({ error: languageRule })
  .check(z.refine((tag) => tag.length <= 35 && isLanguageTag(tag), languageRule));

/** What an entry of `participants` may say. */
export const participantFields = {
  userId: z.optional(userIdText),
  email: z.optional(emailInput),
  phone: z.optional(phoneInput),
  name: z.optional(lineInput(100)),
  language: z.optional(language),
  /** Whoever is a co-host is kept as such, and of the others nothing. */
  role: z.optional(
    z.pipe(
      z.enum(['cohost', 'participant'], { error: 'must be cohost or participant' }),
      z.transform((role): string | undefined => (role === 'cohost' ? role : undefined)),
    ),
  ),
  /** Whoever need not come is kept as such, and of the others nothing. */
  required: z.optional(
    z.pipe(
      z.boolean({ error: 'must be true or false' }),
      z.transform((required): boolean | undefined => (required ? undefined : false)),
    ),
  ),
};

/** The body of `POST /meetings/{id}/participants`, and an entry of `participants`. */
export const participantInput = z
  .strictObject(participantFields, { error: objectRule('must be an object with userId, email or phone') })
  .check(
    z.refine(
      ({ userId, email, phone }) => userId !== undefined || email !== undefined || phone !== undefined,
      'must have userId, email or phone',
    ),
  );

const participantsRule = `must be an array of at most ${mostParticipants} participants`;

export function participantsOf<Schema extends z.ZodMiniType>(schema: Schema) {
  const most = z.maxLength(mostParticipants, participantsRule);
  // Counted before they are looked at: six megabytes hold three million wrong ones.
  return z.pipe(
    z.array(z.unknown(), { error: participantsRule }).check(most),
    z.array(schema, { error: participantsRule }).check(most),
  );
}

/** What a meeting says of itself, whether it is new or changed. */
export const meetingFields = {
  name: lineInput(200),
  validSince: timeInput,
  validUntil: timeInput,
  language,
  timeZone: timeZoneInput,
  description: paragraphsInput(2_000),
  sendInvitations: z.boolean({ error: 'must be true or false' }),
  lobby: z.boolean({ error: 'must be true or false' }),
  showAnswers: z.boolean({ error: 'must be true or false' }),
  cohostsManage: z.boolean({ error: 'must be true or false' }),
  password: passwordInput,
  isPasswordProtected: z.boolean({ error: 'must be true or false' }),
  record: z.literal(false, { error: 'must be false: this service records nothing' }),
};

/** The body of `POST /meetings`. */
export const newMeetingInput = z.strictObject(
  {
    name: meetingFields.name,
    participants: participantsOf(participantInput),
    validSince: meetingFields.validSince,
    validUntil: z.optional(meetingFields.validUntil),
    language: z.optional(meetingFields.language),
    timeZone: z.optional(meetingFields.timeZone),
    description: z.optional(meetingFields.description),
    sendInvitations: z.optional(meetingFields.sendInvitations),
    lobby: z.optional(meetingFields.lobby),
    showAnswers: z.optional(meetingFields.showAnswers),
    cohostsManage: z.optional(meetingFields.cohostsManage),
    password: z.optional(meetingFields.password),
    isPasswordProtected: z.optional(meetingFields.isPasswordProtected),
    record: z.optional(meetingFields.record),
    organizerId: z.optional(userIdText),
  },
  { error: objectRule('must be a JSON object') },
);

export type NewMeetingInput = z.output<typeof newMeetingInput>;
export type ParticipantInput = z.output<typeof participantInput>;

/** The body of a call that says all by its address. */
export const noFields = z.strictObject({}, { error: objectRule('must be an empty JSON object') });

/** Unknown fields keep their own issue; only another shape than an object gets this sentence. */
export function objectRule(rule: string) {
  return (issue: { code?: string }) => (issue.code === 'unrecognized_keys' ? undefined : rule);
}
