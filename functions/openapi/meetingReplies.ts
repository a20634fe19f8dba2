import * as z from 'zod/mini';
import { channels } from '../deliveries/channels/channels.ts';
import { bounceKinds, wordNames } from '../deliveries/word/word.ts';
import { answerStatuses, standings } from '../meetings/answers/answer.ts';
import { listingRoles } from '../meetings/listings/listing.ts';
import { statuses } from '../meetings/presentMeeting.ts';
import { booleanField, countField, described, instantField, textField } from './described.ts';

export const dialIn = z.strictObject({
  extension: textField('The number to dial, E.164.', '+34999999999'),
  pin: z.optional(
    textField('The code that opens this meeting; none where it was made before there was a number.', '483920175'),
  ),
});

const facts = {
  id: textField('Names the meeting in this API. It is no secret.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1'),
  name: textField('What the meeting is called.', 'Planning'),
  description: z.optional(textField('What it is about.', 'The plan for spring.')),
  language: z.optional(textField('The language (BCP 47) of letters to those who have none of their own.', 'en')),
  timeZone: textField('The IANA zone in which letters write its times.', 'Europe/Madrid'),
  validSince: instantField('When it starts.', '2027-03-01T08:30:00.000Z'),
  validUntil: instantField('When it ends.', '2027-03-01T09:30:00.000Z'),
  status: described(
    z.enum(statuses),
    '`ended` once the end of a meeting that was not cancelled has passed.',
    'scheduled',
  ),
  url: textField(
    'The link to its room. Whoever holds it may enter.',
    'https://meet.example.org/m/k3v9x0q2m7c1t8r5w4z6b0n2p1.h7d2s9f4j1k6a3e8',
  ),
  ddi: z.optional(described(dialIn, 'How to join by an ordinary telephone, where the deployment has a number.')),
  organizerId: textField('The user whose meeting it is.', '0a11ce00-0000-4000-8000-000000000001'),
  sendInvitations: booleanField('Whether people, its organizer among them, are told of it and of its changes.', true),
  cohostsManage: booleanField('Whether its co-hosts see and change it as its organizer does.', false),
  showAnswers: booleanField('Whether participants see who answered what, not only how many.', false),
  isPasswordProtected: booleanField(
    'Whether whoever comes to its room is asked for a password, which no reply shows.',
    false,
  ),
  lobby: booleanField('Whether a host admits whoever comes to its room.', false),
  revision: countField('From 1, raised by every change; the entity tag is made of it.', 1),
  sequence: countField('From 0, raised by what people are told of; the SEQUENCE of its calendar files.', 0),
  created: instantField('When it was made.', '2027-02-20T10:00:00.000Z'),
  updated: instantField('When it was changed last.', '2027-02-20T10:00:00.000Z'),
};

const time = z.strictObject({
  validSince: instantField('When it would start.', '2027-03-02T08:30:00.000Z'),
  validUntil: instantField('When it would end.', '2027-03-02T09:30:00.000Z'),
});

const answered = {
  when: z.optional(instantField('When they answered.', '2027-02-21T10:00:00.000Z')),
  how: z.optional(textField('By what: `page`, `api`, or a way that a later release knows.', 'page')),
  comment: z.optional(textField('What they wrote along with it.', 'I will be ten minutes late.')),
  proposed: z.optional(described(z.array(time), 'Other times that would suit them.')),
  sequence: z.optional(countField('The sequence of the meeting that they answered.', 0)),
};

/** What somebody answered to an invitation. */
export const answer = z.strictObject({
  status: described(
    z.enum(standings),
    'How they stand to the meeting; `needsAction` where they gave no answer, or none since it was moved.',
    'accepted',
  ),
  ...answered,
  earlier: z.optional(
    described(
      z.strictObject({ status: described(z.enum(answerStatuses), 'What they answered.', 'accepted'), ...answered }),
      'What they answered before the meeting was moved, where they have not answered since.',
    ),
  ),
});

/** How many participants stand how. */
export const answerCounts = z.strictObject({
  accepted: countField('How many come.', 1),
  tentative: countField('How many may come.', 0),
  declined: countField('How many do not come.', 0),
  needsAction: countField('How many have not answered, or not since the meeting was moved.', 1),
});

export const participant = z.strictObject({
  id: textField('Names the participant within the meeting.', '4z8q1m0x7c2v'),
  name: z.optional(textField('What they are called: as the meeting says, else as the directory does.', 'Bob')),
  userId: z.optional(
    textField('The user that they are. For whoever manages the meeting alone.', '00000b0b-0000-4000-8000-000000000002'),
  ),
  email: z.optional(textField('Their mail address. For whoever manages the meeting alone.', 'bob@example.org')),
  phone: z.optional(textField('Their number, E.164. For whoever manages the meeting alone.', '+34600000002')),
  phoneType: z.optional(
    textField(
      '`landline` where the number is one: no SMS is sent to it. For whoever manages the meeting alone.',
      'landline',
    ),
  ),
  language: z.optional(
    textField('The language that they are written to in. For whoever manages the meeting alone.', 'es'),
  ),
  role: z.optional(textField('`cohost` of whoever may be host beside the organizer; absent of the others.', 'cohost')),
  required: z.optional(booleanField('False where they need not come; absent of the others.', false)),
  answer: z.optional(
    described(
      answer,
      'What they answered. Whole for whoever manages the meeting and themselves; for other participants `status` alone, where the meeting has `showAnswers`.',
    ),
  ),
});

export const meeting = z.strictObject({
  ...facts,
  organizerName: z.optional(textField('What the organizer is called; absent where they were deleted.', 'Alice Vidal')),
  answers: described(answerCounts, 'How many participants answered what.'),
  participants: described(z.array(participant), 'Who takes part, beside the organizer.'),
});

/** A meeting as a participant is asked for an answer to it. */
export const invitation = z.strictObject({
  name: facts.name,
  organizer: z.optional(textField('What the organizer is called.', 'alice')),
  description: facts.description,
  language: facts.language,
  timeZone: facts.timeZone,
  validSince: facts.validSince,
  validUntil: facts.validUntil,
  sequence: facts.sequence,
  participant: described(
    z.strictObject({ id: participant.shape.id, name: participant.shape.name }),
    'Whoever is asked.',
  ),
  answer: described(answer, 'What they answered.'),
  answers: described(answerCounts, 'How many participants answered what.'),
  participants: z.optional(
    described(
      z.array(participant),
      'What the others answered, without more than `status`; where the meeting has `showAnswers`.',
    ),
  ),
});

export const listedMeeting = z.strictObject({
  ...facts,
  role: described(z.enum(listingRoles), 'As whom the caller takes part.', 'organizer'),
  participantCount: countField('How many take part; the meeting itself says who.', 2),
});

const cursor = textField('Where the next page begins; absent on the last one.', 'cEtxOXY3bTJrNHg4YjFuNjIwMjctMDMtMDE');

export const meetingPage = z.strictObject({
  meetings: described(
    z.array(listedMeeting),
    'By their start. A page may hold fewer than asked for, and still have a cursor.',
  ),
  unreadable: z.optional(
    described(
      z.array(textField('The id of the meeting.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1')),
      'Meetings that belong on this page, and that the release that answers cannot read: another one wrote them.',
    ),
  ),
  cursor: z.optional(cursor),
  left: z.optional(
    described(
      z.array(textField('The id of the meeting.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1')),
      'With `updatedSince`: meetings that the caller takes part in no more, or that are kept no more.',
    ),
  ),
  updatedSince: z.optional(
    instantField('With `updatedSince`, on the last page: what to ask for next time.', '2027-02-20T10:00:00.000Z'),
  ),
});

const providersWord = z.strictObject({
  word: described(
    z.enum(wordNames),
    '`delivered` to the mail server of the recipient; `delayed` and still tried; `bounced`, `suppressed` (on the list of addresses that SES writes to no more) and `rejected` (for what it holds) did not arrive; `complained`: the recipient marked it as spam.',
    'bounced',
  ),
  bounce: z.optional(
    described(z.enum(bounceKinds), 'Of what bounced: whether SES takes it to be so for good.', 'permanent'),
  ),
  status: z.optional(
    textField(
      'The status (RFC 3463) that the server of the recipient gave; its first digit is the class: 4 may pass, 5 will not.',
      '5.1.1',
    ),
  ),
  at: instantField('When SES said so.', '2027-03-01T08:00:02.000Z'),
});

export const delivery = z.strictObject({
  kind: described(
    z.enum(['invitation', 'reminder', 'waiting', 'unreachable']),
    'An update and a cancellation count as `invitation`, as does what tells organizers of their own meeting; by `unreachable` they were told whom mail does not reach.',
    'invitation',
  ),
  channel: described(z.enum(channels.map(({ name }) => name)), 'How it goes.', 'email'),
  sequence: z.optional(countField('Of an invitation: the sequence of the meeting that it tells of.', 0)),
  validSince: z.optional(instantField('Of a reminder, or of somebody who waits: the start that it is about.')),
  device: z.optional(textField('Of a push: the device.', 'phone')),
  state: described(
    z.enum(['pending', 'sending', 'sent', 'failed', 'superseded', 'unknown']),
    '`pending` is owed and was not begun; `sent` was handed over to SES or SNS, which may tell more in `provider`: of an SMS or a push they tell nothing; `superseded` was overtaken by a later change before it was sent; `unknown` is a state that the release that answers does not know.',
    'sent',
  ),
  reason: z.optional(
    textField('Why it failed, or was put off; `unclear` where it was sent for all that is known.', 'no-address'),
  ),
  attempts: countField('How often it was tried.', 1),
  updated: z.optional(instantField('When that became so; absent while it is pending.')),
  provider: z.optional(described(providersWord, 'What SES has said of a mail since; absent where it has not.')),
});

const deliveries = described(z.array(delivery), 'The last one of each kind, channel and device.');

const invited = z.strictObject({
  id: participant.shape.id,
  name: participant.shape.name,
  userId: z.optional(textField('The user that they are.', '00000b0b-0000-4000-8000-000000000002')),
  email: z.optional(textField('Their mail address.', 'bob@example.org')),
  phone: z.optional(textField('Their number, E.164.', '+34600000002')),
  deliveries,
});

const historyEntry = z.strictObject({
  revision: described(z.int().check(z.minimum(1)), 'The revision that it made.', 2),
  at: instantField('When.'),
  by: described(
    z.strictObject({
      id: textField('The user who called.', '0a11ce00-0000-4000-8000-000000000001'),
      name: z.optional(textField('What they are called, where the directory has it.', 'Alice Vidal')),
    }),
    'Who called.',
  ),
  kind: textField('`scheduled`, `changed`, `cancelled` or `invited-again`.', 'changed'),
  fields: z.optional(
    described(z.array(z.string()), 'Of `changed`: the fields that became others, as a patch names them.', [
      'validSince',
      'participants',
    ]),
  ),
  added: z.optional(
    countField('How many entries of the list are new, of whoever got another address too; absent of none.', 1),
  ),
  removed: z.optional(
    countField('How many entries of the list are gone, of whoever got another address too; absent of none.', 2),
  ),
});

export const history = z.strictObject({
  changes: described(z.array(historyEntry), 'The calls that changed it, the newest first.'),
});

export const invitations = z.strictObject({
  revision: countField("The meeting's revision.", 1),
  sequence: countField("The meeting's sequence.", 0),
  participants: described(z.array(invited), 'Those who take part.'),
  removed: described(z.array(invited), 'Those who were taken off in the last week or so.'),
  organizer: described(
    z.strictObject({ userId: textField('Who they are.', '0a11ce00-0000-4000-8000-000000000001'), deliveries }),
    'The organizer, who is not invited: they are told of their own meeting (`invitation`), reminded, and told where somebody waits and no host is there, or whom mail does not reach.',
  ),
});
