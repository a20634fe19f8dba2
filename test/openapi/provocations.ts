import type { GeneratedClient, Sending, Visitor } from './generatedClient.ts';
import { admin, bob, gone, type MadeMeeting, newWebhook, organizer, type Scenes, usual } from './scenes.ts';

interface Stage {
  readonly id: string;
  readonly scenes: Scenes;
  readonly client: GeneratedClient;
}

type Provocation = (stage: Stage) => Promise<Sending> | Sending;

/** The usual call of the operation, otherwise in some things. */
const usualBut = (over: Sending): Provocation => {
  return async ({ id, scenes }) => {
    const sending = await usual[id]?.(scenes);
    return { ...sending, ...over, parameters: { ...sending?.parameters, ...over.parameters } };
  };
};

/** The usual call, on a meeting that somebody made for it. */
const onMeeting = (make: (scenes: Scenes) => Promise<MadeMeeting>, as?: Visitor): Provocation => {
  return async (stage) => {
    const meeting = await make(stage.scenes);
    const sending = await usualBut({ ...(as ? { as } : {}) })(stage);
    const given = Object.keys(sending.parameters ?? {});
    const { id, link, pin, personalLink = link, participantId } = meeting;
    const known: Readonly<Record<string, string>> = { id, link: personalLink, pin, participantId };
    return {
      ...sending,
      parameters: Object.fromEntries(given.flatMap((name) => (known[name] ? [[name, known[name]]] : []))),
    };
  };
};

const noRoom: Readonly<Record<string, Record<string, string>>> = {
  openPublicRoom: { identifier: '!' },
  followShortLink: { code: '000000000000' },
};

const isAnswer = (id: string) => /answer/i.test(id);
const onCancelled: Provocation = (stage) =>
  onMeeting((scenes) => (isAnswer(stage.id) ? scenes.cancelledInvitation() : scenes.cancelledMeeting()))(stage);
const onEnded: Provocation = (stage) =>
  onMeeting((scenes) => (isAnswer(stage.id) ? scenes.endedInvitation() : scenes.endedMeeting()))(stage);

const many = (count: number, person: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => person(index));
const mailed = (index: number) => ({ email: `guest-${index}@example.org` });
const texted = (index: number) => ({ phone: `+346000001${String(index).padStart(2, '0')}` });

/** What a day allows in this test. */
export const allowances = { mailsPerDay: 60, smsPerDay: 4 };

const tooManyLetters = (count: number, most: number, person: (index: number) => object): Provocation => {
  return async ({ id, scenes }) => {
    const as = { sub: scenes.unique('writer'), groups: ['meetings'] };
    const participants = many(id === 'addParticipant' ? most : count, person);
    if (id === 'createMeeting') {
      return { as, body: { name: 'Many', validSince: Date.now() + 3_600_000, participants: many(count * 2, person) } };
    }
    const { id: meetingId } = await scenes.meeting({ participants, sendInvitations: true }, as);
    if (id === 'inviteAgain') return { as, parameters: { id: meetingId } };
    if (id === 'addParticipant') return { as, parameters: { id: meetingId }, body: person(most) };
    return { as, parameters: { id: meetingId }, body: { name: 'Another name' } };
  };
};

const unknownFields: Readonly<Record<string, Sending>> = {
  listMeetings: { parameters: { limit: 0 } },
  listUsers: { parameters: { limit: 101 } },
  cancelMeeting: { parameters: { 'If-Match': '1' } },
  removeParticipant: { parameters: { 'If-Match': '1' } },
  readAttempts: { parameters: { limit: 0 } },
  deleteDevice: { parameters: { id: 'no device' } },
  readUser: { parameters: { id: 'x'.repeat(129) } },
  deleteUser: { parameters: { id: 'x'.repeat(129) } },
};

/** How each problem comes about; the operation is one that is said to answer with it. */
export const provocations: Readonly<Record<string, Provocation>> = {
  'invalid-json': usualBut({ body: '{"name":' }),
  'invalid-input': (stage) => usualBut(unknownFields[stage.id] ?? { body: { surprise: true } })(stage),
  'capability-missing': (stage) =>
    stage.id === 'createMeeting' || stage.id.endsWith('DialIn')
      ? usualBut({ as: bob })(stage)
      : onMeeting((scenes) => scenes.meetingOfIncapable(), bob)(stage),
  'admin-needed': (stage) =>
    stage.id === 'createMeeting'
      ? { as: organizer, body: { name: 'A', participants: [], validSince: Date.now() + 3_600_000, organizerId: 'bob' } }
      : usualBut({ as: organizer })(stage),
  'not-organizer': usualBut({ as: bob }),
  'user-deleted': usualBut({ as: gone }),
  'too-early': onMeeting((scenes) => scenes.meeting()),
  'meeting-not-found': usualBut({ parameters: { id: 'k3v9x0q2m7c1t8r5w4z6b0n2p1' } }),
  'user-not-found': usualBut({ parameters: { id: 'nobody' } }),
  'no-such-room': (stage) => usualBut({ parameters: noRoom[stage.id] ?? { link: 'no.room' } })(stage),
  'no-such-asset': usualBut({ parameters: { hash: 'AAAAAAAA.js' } }),
  'no-such-code': usualBut({ parameters: { pin: '100000000' } }),
  'alias-taken': async (stage) => {
    const alias = stage.scenes.unique('taken');
    await stage.scenes.user({ alias });
    return usualBut({ body: stage.id === 'putUser' ? { capabilities: [], alias } : { alias } })(stage);
  },
  'invitations-silenced': onMeeting((scenes) => scenes.meeting()),
  'not-participant': usualBut({ as: organizer }),
  'meeting-cancelled': onCancelled,
  'meeting-ended': onEnded,
  cancelled: onCancelled,
  ended: onEnded,
  'too-many-devices': async ({ client, scenes }) => {
    const as = { sub: scenes.unique('owner') };
    const register = (index: number): Sending => {
      return { as, parameters: { id: `device-${index}` }, body: { platform: 'fcm', token: scenes.unique('token') } };
    };
    for (let index = 1; index <= 50; index += 1) await client.send('putDevice', register(index));
    return register(51);
  },
  'user-gone': async (stage) => usualBut({ parameters: { id: await stage.scenes.deletedUser() } })(stage),
  'precondition-failed': usualBut({ parameters: { 'If-Match': '"7", "8"' } }),
  'unsupported-media-type': usualBut({ headers: { 'content-type': 'application/json-patch+json' } }),
  'idempotency-key-reused': async ({ client, scenes }) => {
    const key = scenes.unique('key');
    const sending = (name: string): Sending => ({
      as: organizer,
      parameters: { 'Idempotency-Key': key },
      body: { name, participants: [], validSince: Date.now() + 3_600_000 },
    });
    await client.send('createMeeting', sending('One'));
    return sending('Another');
  },
  // The organizer's own mail is one of them.
  'mails-per-day': tooManyLetters(35, allowances.mailsPerDay - 1, mailed),
  'sms-per-day': tooManyLetters(3, allowances.smsPerDay, texted),
  'resend-too-soon': async (stage) => {
    const sending = await usualBut({})(stage);
    await stage.client.send('inviteAgain', sending);
    return sending;
  },
  'too-many-attempts': async ({ id, client, scenes }) => {
    const sending: Sending = {
      as: { sub: scenes.unique('exchange'), groups: ['dial-in'] },
      parameters: { pin: '100000000' },
      body: { password: '730164' },
    };
    const { body: _, ...reading } = sending;
    for (let attempt = 1; attempt <= 60; attempt += 1) await client.send('readDialIn', reading);
    return id === 'readDialIn' ? reading : sending;
  },
  'updates-expired': () => ({ as: organizer, parameters: { updatedSince: Date.now() - 31 * 86_400_000 } }),
  'participant-not-found': usualBut({ parameters: { participantId: 'nobody' } }),
  'too-many-participants': async ({ scenes }) => {
    const { id } = await scenes.meeting({ participants: many(2_000, mailed) });
    return { as: organizer, parameters: { id }, body: mailed(2_000) };
  },
  'webhook-not-found': usualBut({ parameters: { id: 'nothing' } }),
  'too-many-webhooks': async ({ client }) => {
    const sending: Sending = { as: admin, body: newWebhook };
    while ((await client.send('createWebhook', sending)).status === 201);
    return sending;
  },
  'wrong-password': usualBut({ body: { password: '1' } }),
  'too-many-passwords': async (stage) => {
    const sending = await usualBut({})(stage);
    for (let attempt = 1; attempt <= 20; attempt += 1) await stage.client.send('enterDialIn', sending);
    return sending;
  },
};

/** What takes a race, a scan, other settings or a fault to come about: `rareProblems.test.ts` has them. */
export const unprovoked = [
  'call-in-progress',
  'meeting-busy',
  'limited',
  'public-rooms-off',
  'attendance-unavailable',
  'webhook-busy',
  'internal-error',
];
