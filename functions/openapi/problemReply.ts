import * as z from 'zod/mini';
import { allowances } from '../deliveries/channels/channels.ts';
import { countField, described, instantField, textField } from './described.ts';
import { personal } from './roomReplies.ts';

const fault = z.strictObject({
  path: textField(
    'Where it is: a JSON Pointer (RFC 6901) into the body, or to a parameter of the path, the query or the headers by its name (`/limit`, `/If-Match`). Empty for the body itself.',
    '/participants/2/email',
  ),
  message: textField(
    'The rule that is broken.',
    'must be a mail address such as ana@example.org, of at most 254 characters',
  ),
});

/** What a refusal looks like (RFC 9457). */
const codes = allowances.map(({ code }) => `\`${code}\``).join(' and ');

export const problem = z.strictObject({
  type: textField(
    'Names what has happened: `/docs/problems.md#` and the code. To compare, not to fetch.',
    '/docs/problems.md#meeting-not-found',
  ),
  title: textField('What the code means, for people: the same at each occurrence.', 'There is no such meeting'),
  status: countField('The status of the reply.', 404),
  code: textField('What has happened, for programs. It is stable.', 'meeting-not-found'),
  detail: textField('What has happened this time, for people. It may change.', 'There is no such meeting.'),
  instance: textField(
    "Names the request: `urn:request:` and the gateway's id of it, which the reply has in `apigw-requestid`.",
    'urn:request:JKJaXmPLvHcESHA=',
  ),
  errors: z.optional(described(z.array(fault), 'Of `invalid-input`: every fault, all at once; a hundred at most.')),
  opensAt: z.optional(instantField('Of `too-early`: when the room opens.', '2027-03-01T08:20:00.000Z')),
  name: z.optional(textField('Of `too-early`, `ended` and `cancelled`: what the meeting is called.', 'Planning')),
  validSince: z.optional(instantField('Of `too-early`: when the meeting starts.', '2027-03-01T08:30:00.000Z')),
  validUntil: z.optional(instantField('Of `too-early`: when the meeting ends.', '2027-03-01T09:30:00.000Z')),
  timeZone: z.optional(textField("Of `too-early`: the meeting's IANA zone.", 'Europe/Madrid')),
  sequence: z.optional(countField('Of `too-early`: the SEQUENCE of its calendars.', 0)),
  participant: z.optional(described(personal.participant, 'Of `too-early`, behind a personal link: whose it is.')),
  url: z.optional(described(personal.url, 'Of `too-early`, behind a personal link: the link of the meeting.')),
  requested: z.optional(countField(`Of ${codes}: how many the call would send.`, 3)),
  allowed: z.optional(countField(`Of ${codes}: how many a day allows.`, 2_000)),
});

/** What the gateway itself answers, before the service is asked. */
export const gatewayMessage = z.strictObject({
  message: textField('What has happened, for people.', 'Unauthorized'),
});

export const health = z.strictObject({ status: described(z.literal('ok'), 'The service answers.', 'ok') });
