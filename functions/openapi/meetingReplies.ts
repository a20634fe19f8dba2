import * as z from 'zod/mini';
import { channels } from '../deliveries/channels/channels.ts';
import { listingRoles } from '../meetings/listings/listing.ts';
import { statuses } from '../meetings/presentMeeting.ts';
import { count, described, flag, instant, text } from './described.ts';

export const dialIn = z.strictObject({
  extension: text('The number to dial, E.164.', '+34999999999'),
  pin: z.optional(
    text('The code that opens this meeting; none where it was made before there was a number.', '483920175'),
  ),
});

const facts = {
  id: text('Names the meeting in this API. It is no secret.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1'),
  name: text('What the meeting is called.', 'Planning'),
  description: z.optional(text('What it is about.', 'The plan for spring.')),
  language: z.optional(text('The language (BCP 47) of letters to those who have none of their own.', 'en')),
  timeZone: text('The IANA zone in which letters write its times.', 'Europe/Madrid'),
  validSince: instant('When it starts.', '2027-03-01T08:30:00.000Z'),
  validUntil: instant('When it ends.', '2027-03-01T09:30:00.000Z'),
  status: described(
    z.enum(statuses),
    '`ended` once the end of a meeting that was not cancelled has passed.',
    'scheduled',
  ),
  url: text(
    'The link to its room. Whoever holds it may enter.',
    'https://meet.example.org/m/k3v9x0q2m7c1t8r5w4z6b0n2p1.h7d2s9f4j1k6a3e8',
  ),
  ddi: z.optional(described(dialIn, 'How to join by an ordinary telephone, where the deployment has a number.')),
  organizerId: text('The user whose meeting it is.', '0a11ce00-0000-4000-8000-000000000001'),
  sendInvitations: flag('Whether people are told of it and of its changes.', true),
  lobby: flag('Whether a host admits whoever comes to its room.', false),
  revision: count('From 1, raised by every change; the entity tag is made of it.', 1),
  sequence: count('From 0, raised by what people are told of; the SEQUENCE of its calendar files.', 0),
  created: instant('When it was made.', '2027-02-20T10:00:00.000Z'),
  updated: instant('When it was changed last.', '2027-02-20T10:00:00.000Z'),
};

export const participant = z.strictObject({
  id: text('Names the participant within the meeting.', '4z8q1m0x7c2v'),
  name: z.optional(text('What they are called.', 'Bob')),
  userId: z.optional(
    text('The user that they are. For the organizer and admins alone.', '00000b0b-0000-4000-8000-000000000002'),
  ),
  email: z.optional(text('Their mail address. For the organizer and admins alone.', 'bob@example.org')),
  phone: z.optional(text('Their number, E.164. For the organizer and admins alone.', '+34600000002')),
  phoneType: z.optional(
    text('`landline` where the number is one: no SMS is sent to it. For the organizer and admins alone.', 'landline'),
  ),
  language: z.optional(text('The language that they are written to in. For the organizer and admins alone.', 'es')),
});

export const meeting = z.strictObject({
  ...facts,
  participants: described(z.array(participant), 'Who takes part, beside the organizer.'),
});

export const listedMeeting = z.strictObject({
  ...facts,
  role: described(z.enum(listingRoles), 'As whom the caller takes part.', 'organizer'),
  participantCount: count('How many take part; the meeting itself says who.', 2),
});

const cursor = text('Where the next page begins; absent on the last one.', 'cEtxOXY3bTJrNHg4YjFuNjIwMjctMDMtMDE');

export const meetingPage = z.strictObject({
  meetings: described(
    z.array(listedMeeting),
    'By their start. A page may hold fewer than asked for, and still have a cursor.',
  ),
  unreadable: z.optional(
    described(
      z.array(text('The id of the meeting.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1')),
      'Meetings that belong on this page, and that the release that answers cannot read: another one wrote them.',
    ),
  ),
  cursor: z.optional(cursor),
});

export const delivery = z.strictObject({
  kind: described(
    z.enum(['invitation', 'reminder']),
    'An update and a cancellation count as `invitation`.',
    'invitation',
  ),
  channel: described(z.enum(channels.map(({ name }) => name)), 'How it goes.', 'email'),
  sequence: z.optional(count('Of an invitation: the sequence of the meeting that it tells of.', 0)),
  validSince: z.optional(instant('Of a reminder: the start that it reminds of.')),
  device: z.optional(text('Of a push: the device.', 'phone')),
  state: described(
    z.enum(['pending', 'sending', 'sent', 'failed', 'superseded', 'unknown']),
    '`pending` is owed and was not begun; `superseded` was overtaken by a later change before it was sent; `unknown` is a state that the release that answers does not know.',
    'sent',
  ),
  reason: z.optional(
    text('Why it failed, or was put off; `unclear` where it was sent for all that is known.', 'no-address'),
  ),
  attempts: count('How often it was tried.', 1),
  updated: z.optional(instant('When that became so; absent while it is pending.')),
});

const deliveries = described(z.array(delivery), 'The last one of each kind, channel and device.');

const invited = z.strictObject({
  id: participant.shape.id,
  name: participant.shape.name,
  userId: z.optional(text('The user that they are.', '00000b0b-0000-4000-8000-000000000002')),
  email: z.optional(text('Their mail address.', 'bob@example.org')),
  phone: z.optional(text('Their number, E.164.', '+34600000002')),
  deliveries,
});

export const invitations = z.strictObject({
  revision: count("The meeting's revision.", 1),
  sequence: count("The meeting's sequence.", 0),
  participants: described(z.array(invited), 'Those who take part.'),
  removed: described(z.array(invited), 'Those who were taken off in the last week or so.'),
  organizer: described(
    z.strictObject({ userId: text('Who they are.', '0a11ce00-0000-4000-8000-000000000001'), deliveries }),
    'The organizer, who is reminded and not invited.',
  ),
});
