import * as z from 'zod/mini';
import { booleanField, countField, described, instantField, textField } from './described.ts';

const iceServer = z.strictObject({
  urls: described(z.array(z.string()), 'As browsers take them (RTCIceServer).', ['stun:stun.example.org:3478']),
});

/** What a personal link says beside the meeting. */
export const personal = {
  participant: z.optional(
    described(
      z.strictObject({
        id: textField('Names the participant within the meeting.', '4z8q1m0x7c2v'),
        name: z.optional(textField('What they are called.', 'Bob')),
      }),
      'Of a personal link: whose it is.',
    ),
  ),
  url: z.optional(
    textField(
      'Of a personal link: the link of the meeting, which says nothing of who comes.',
      'https://meet.example.org/m/k3v9x0q2m7c1t8r5w4z6b0n2p1.h7d2s9f4j1k6a3e8',
    ),
  ),
};

export const room = z.strictObject({
  kind: described(z.enum(['meeting', 'public']), 'Whether a meeting or a public link opens it.', 'meeting'),
  room: textField('Opaque; goes back as `room` in the address of the socket.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1'),
  name: z.optional(textField('What the meeting, or the public room, is called.', 'Planning')),
  organizer: z.optional(textField('What the organizer is called.', 'Alice Vidal')),
  validSince: z.optional(instantField('When the meeting starts.', '2027-03-01T08:30:00.000Z')),
  validUntil: z.optional(instantField('When it ends.', '2027-03-01T09:30:00.000Z')),
  opensAt: z.optional(instantField('When its room opens.', '2027-03-01T08:20:00.000Z')),
  timeZone: z.optional(textField("The meeting's IANA zone.", 'Europe/Madrid')),
  sequence: z.optional(countField('The SEQUENCE of its calendars.', 0)),
  language: z.optional(textField("The meeting's language (BCP 47).", 'en')),
  capacity: countField('How many the room holds.', 8),
  lobby: booleanField('Whether a host admits whoever comes.', false),
  socketUrl: textField('Where the socket of the room is opened, without a query.', 'wss://sockets.example.org/rooms'),
  iceServers: described(z.array(iceServer), 'Those that need no credentials; others come with a seat.'),
  jitsiUrl: z.optional(
    textField(
      'Where a Jitsi server holds the conference instead.',
      'https://jitsi.example.org/k3v9x0q2m7c1t8r5w4z6b0n2p1',
    ),
  ),
  dialIn: z.optional(
    described(
      z.strictObject({
        extension: textField('The number to dial, E.164.', '+34999999999'),
        pin: textField('The code that opens this meeting.', '483920175'),
      }),
      'How to join by an ordinary telephone.',
    ),
  ),
  isPasswordProtected: z.optional(
    described(z.literal(true), "Whoever joins is asked for the meeting's password, but for its host."),
  ),
  endedByHost: z.optional(
    described(z.literal(true), 'A host has ended the conference for everyone; it opens as soon as a host joins.'),
  ),
  ...personal,
});

const presence = {
  seen: booleanField('Whether they were seen; of a participant, by their personal link or as a host.', true),
  seconds: countField('For how long they were there, in seconds.', 3_300),
  visits: described(
    z.array(
      z.strictObject({
        from: instantField('When they took a seat.', '2027-03-01T08:31:00.000Z'),
        until: z.optional(instantField('When they left; absent while they are there.', '2027-03-01T09:26:00.000Z')),
      }),
    ),
    'Each time that they were there; who returns within two minutes was never gone.',
  ),
};

export const attendance = z.strictObject({
  id: textField('The meeting.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1'),
  validSince: instantField('When the meeting starts.', '2027-03-01T08:30:00.000Z'),
  validUntil: instantField('When it ends.', '2027-03-01T09:30:00.000Z'),
  summary: described(
    z.strictObject({
      invited: countField('How many take part.', 2),
      seen: countField('How many of them were seen.', 1),
      others: countField('How many others came.', 1),
    }),
    'How many came.',
  ),
  organizer: described(z.strictObject(presence), 'The organizer, who is seen as a host.'),
  participants: described(
    z.array(
      z.strictObject({
        id: textField('Names the participant within the meeting.', '4z8q1m0x7c2v'),
        name: z.optional(textField('What they are called.', 'Bob')),
        userId: z.optional(textField('The user that they are.', '00000b0b-0000-4000-8000-000000000002')),
        email: z.optional(textField('Their mail address.', 'bob@example.org')),
        phone: z.optional(textField('Their number, E.164.', '+34600000002')),
        ...presence,
      }),
    ),
    "Who takes part. Whoever was not seen may have come all the same, by the meeting's own link.",
  ),
  others: described(
    z.array(z.strictObject({ name: textField('As they called themselves.', 'Eve'), ...presence })),
    "Who came by the meeting's own link, or was taken off since.",
  ),
});

export const hostToken = z.strictObject({
  token: textField('Makes whoever joins the room with it a host; a secret.', 'v1s8d3k6h9q2w5e7r0t4y1z3x6c8b0n2'),
  url: textField(
    "The meeting's link with the token behind its #, for the organizer's own browser.",
    'https://meet.example.org/m/k3v9x0q2m7c1t8r5w4z6b0n2p1.h7d2s9f4j1k6a3e8#host=v1s8d3k6h9q2w5e7r0t4y1z3x6c8b0n2',
  ),
  expiresAt: instantField('When it makes nobody a host any more.', '2027-03-01T08:30:00.000Z'),
});

const untold = 'Absent until the password of a meeting that has one is known.';

export const dialledMeeting = z.strictObject({
  meetingId: z.optional(textField(`The meeting that the code opens. ${untold}`, 'k3v9x0q2m7c1t8r5w4z6b0n2p1')),
  name: z.optional(textField(`What it is called. ${untold}`, 'Planning')),
  validSince: z.optional(instantField(`When it starts. ${untold}`, '2027-03-01T08:30:00.000Z')),
  validUntil: z.optional(instantField(`When it ends. ${untold}`, '2027-03-01T09:30:00.000Z')),
  isPasswordProtected: booleanField('Whether it has a password, to be asked for before anybody is connected.', false),
  language: textField('The language (BCP 47) to greet whoever dials in.', 'en'),
});
