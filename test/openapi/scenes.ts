import { expect } from 'vitest';
import type { GeneratedClient, Sending, Visitor } from './generatedClient.ts';

export const admin: Visitor = { sub: 'admin', groups: ['admin'] };
export const organizer: Visitor = { sub: 'organizer', groups: ['meetings'] };
export const bob: Visitor = { sub: 'bob' };
export const gone: Visitor = { sub: 'gone', groups: ['admin'] };

/** As its callers know it: by its id, its link and its dial-in code. */
export interface MadeMeeting {
  readonly id: string;
  /** The first of its participants. */
  readonly participantId: string;
  readonly link: string;
  readonly pin: string;
  /** The last segment of the personal link of bob, who takes part as a user. */
  readonly personalLink?: string | undefined;
}

const minute = 60_000;
const from = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

/** Makes what an operation needs to be called on. */
export function createScenes({ send }: GeneratedClient, texts: () => readonly { readonly message: string }[]) {
  let made = 0;
  const unique = (what: string) => {
    made += 1;
    return `${what}-${made}`;
  };

  const meeting = async (over: object = {}, as = organizer): Promise<MadeMeeting> => {
    const body = {
      name: 'Planning',
      participants: [{ email: 'bob@example.org' }],
      validSince: from(60 * minute),
      sendInvitations: false,
      ...over,
    };
    const { status, body: created } = await send('createMeeting', { as, body });
    expect(status, JSON.stringify(created)).toBe(201);
    const [first] = created.participants;
    return {
      id: created.id,
      participantId: first?.id ?? 'none',
      link: new URL(created.url).pathname.split('/').at(-1) ?? '',
      pin: created.ddi.pin,
    };
  };

  /** A meeting that bob is invited to, whose own calendar tells them their link. */
  const invitation = async (over: object = {}): Promise<MadeMeeting> => {
    await send('readMe', { as: bob });
    const made = await meeting({ participants: [{ userId: bob.sub }], ...over });
    const { body: calendar } = await send('readCalendar', { as: bob, parameters: { id: made.id } });
    const [, personalLink] =
      /^URL:.*\/([^/\s]+)$/m.exec(String(calendar).replaceAll(/\r\n /g, '').replaceAll('\r', '')) ?? [];
    return { ...made, personalLink };
  };

  const cancelledInvitation = once(async () => {
    const cancelled = await invitation();
    await send('cancelMeeting', { as: organizer, parameters: { id: cancelled.id } });
    return cancelled;
  });

  const endedInvitation = once(async () => {
    const ended = await invitation({ validSince: from(-minute), validUntil: from(2_000) });
    const status = async () => (await send('readMeeting', { as: organizer, parameters: { id: ended.id } })).body.status;
    await expect.poll(status, { timeout: 10_000 }).toBe('ended');
    return ended;
  });

  const openMeeting = (over: object = {}) => meeting({ validSince: from(minute), ...over });

  const cancelledMeeting = once(async () => {
    const cancelled = await openMeeting();
    await send('cancelMeeting', { as: organizer, parameters: { id: cancelled.id } });
    return cancelled;
  });

  const endedMeeting = once(async () => {
    const ended = await meeting({ validSince: from(-minute), validUntil: from(1_000) });
    const status = async () => (await send('readMeeting', { as: organizer, parameters: { id: ended.id } })).body.status;
    await expect.poll(status, { timeout: 10_000 }).toBe('ended');
    return ended;
  });

  const webhooks = new Map<string, Promise<string>>();
  const createWebhook = async (): Promise<string> => {
    const { status, body } = await send('createWebhook', { as: admin, body: newWebhook });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  };

  const scenes = {
    unique,
    meeting,
    /** Whose room is open. */
    openMeeting,
    invitation,
    cancelledInvitation,
    endedInvitation,
    cancelledMeeting,
    endedMeeting,
    /** The code in an SMS. */
    shortLink: async () => {
      const name = unique('Texted');
      await meeting({ name, participants: [{ phone: '+34600000009' }], sendInvitations: true });
      const text = () => texts().find(({ message }) => message.includes(`: ${name},`))?.message ?? '';
      await expect.poll(text, { timeout: 20_000 }).toContain('/j/');
      return /\/j\/(\w+)/.exec(text())?.[1] ?? '';
    },
    /** Of somebody who may schedule nothing themselves. */
    meetingOfIncapable: async () => {
      await send('readMe', { as: bob });
      return meeting({ organizerId: bob.sub, participants: [] }, admin);
    },
    user: async (over: object = {}) => {
      const id = unique('user');
      await send('putUser', { as: admin, parameters: { id }, body: { username: id, capabilities: [], ...over } });
      return id;
    },
    /** A webhook that is told next to nothing; each name stands for one. */
    webhook: (name = 'usual') => {
      const known = webhooks.get(name) ?? createWebhook();
      webhooks.set(name, known);
      return known;
    },
    /** The style of the rooms' page. */
    asset: async () => {
      const headers = { accept: 'text/html' };
      const { body } = await send('openPublicRoom', { parameters: { identifier: unique('place') }, headers });
      return /\/assets\/(\w+\.css)/.exec(body)?.[1] ?? '';
    },
    deletedUser: async () => {
      const id = await scenes.user();
      await send('deleteUser', { as: admin, parameters: { id } });
      return id;
    },
  };
  return scenes;
}

/** Of a receiver that nobody finds, and of what next to never happens. */
export const newWebhook = { url: 'https://hooks.example.org/meetings', events: ['delivery.failed'] };

/** What changes no more is made once for all. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export type Scenes = ReturnType<typeof createScenes>;

/** A call that succeeds, on something of its own. */
export const usual: Readonly<Record<string, (scenes: Scenes) => Promise<Sending> | Sending>> = {
  createMeeting: () => ({ as: organizer, body: { name: 'Planning', participants: [], validSince: from(60 * minute) } }),
  listMeetings: () => ({
    as: organizer,
    parameters: { limit: 5, role: 'organizer', from: Date.now(), until: from(600 * minute) },
  }),
  readMeeting: async ({ meeting }) => ({ as: organizer, parameters: { id: (await meeting()).id } }),
  patchMeeting: async ({ meeting }) => ({
    as: organizer,
    parameters: { id: (await meeting()).id, 'If-Match': '"1"' },
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { description: 'Changed', participants: [{ phone: '+34600000002' }], validUntil: null },
  }),
  cancelMeeting: async ({ meeting }) => ({ as: organizer, parameters: { id: (await meeting()).id } }),
  readChanges: async ({ meeting }) => ({ as: organizer, parameters: { id: (await meeting()).id } }),
  readInvitations: async ({ meeting }) => ({
    as: organizer,
    parameters: { id: (await meeting({ sendInvitations: true })).id },
  }),
  inviteAgain: async ({ meeting }) => ({
    as: organizer,
    parameters: { id: (await meeting({ sendInvitations: true })).id },
    body: {},
  }),
  addParticipant: async ({ meeting }) => ({
    as: organizer,
    parameters: { id: (await meeting()).id, 'If-Match': '"1"' },
    body: { email: 'carla@example.org', name: 'Carla', language: 'es', role: 'participant', required: false },
  }),
  removeParticipant: async ({ meeting }) => {
    const { id, participantId } = await meeting();
    return { as: organizer, parameters: { id, participantId, 'If-Match': '"1"' } };
  },
  answerMeeting: async ({ invitation }) => ({
    as: bob,
    parameters: { id: (await invitation()).id },
    body: { status: 'accepted', comment: 'With pleasure.', proposed: [{ validSince: from(600 * minute) }] },
  }),
  readAnswer: async ({ invitation }) => ({ parameters: { link: (await invitation()).personalLink ?? '' } }),
  giveAnswer: async ({ invitation }) => ({
    parameters: { link: (await invitation()).personalLink ?? '' },
    body: { status: 'declined', sequence: 0 },
  }),
  readCalendar: async ({ meeting }) => ({ as: organizer, parameters: { id: (await meeting()).id } }),
  readMe: () => ({ as: bob }),
  patchMe: ({ unique }) => ({ as: bob, body: { alias: unique('alias'), landLineNumber: null, language: 'es' } }),
  listDevices: () => ({ as: organizer }),
  putDevice: ({ unique }) => ({
    as: organizer,
    parameters: { id: 'phone' },
    body: { platform: 'fcm', token: unique('t') },
  }),
  deleteDevice: () => ({ as: organizer, parameters: { id: 'phone' } }),
  listUsers: () => ({ as: admin, parameters: { username: 'user', limit: 1 } }),
  readUser: async ({ user }) => ({ as: admin, parameters: { id: await user() } }),
  putUser: async ({ user }) => ({
    as: admin,
    parameters: { id: await user() },
    body: { capabilities: ['meetings'], landLineNumber: '+34910000001' },
  }),
  deleteUser: async ({ user }) => ({ as: admin, parameters: { id: await user() } }),
  createHostToken: async ({ meeting }) => ({ as: organizer, parameters: { id: (await meeting()).id } }),
  readDialIn: async ({ openMeeting }) => ({ as: admin, parameters: { pin: (await openMeeting()).pin } }),
  enterDialIn: async ({ openMeeting }) => ({
    as: admin,
    parameters: { pin: (await openMeeting({ password: '730164' })).pin },
    body: { password: '730164' },
  }),
  readAttendance: async ({ openMeeting }) => ({ as: organizer, parameters: { id: (await openMeeting()).id } }),
  createWebhook: () => ({ as: admin, body: newWebhook }),
  listWebhooks: () => ({ as: admin }),
  readWebhook: async ({ webhook }) => ({ as: admin, parameters: { id: await webhook() } }),
  patchWebhook: async ({ webhook }) => ({
    as: admin,
    parameters: { id: await webhook() },
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { description: 'Changed', enabled: false },
  }),
  deleteWebhook: async ({ webhook }) => ({ as: admin, parameters: { id: await webhook('deleted') } }),
  readAttempts: async ({ webhook }) => ({ as: admin, parameters: { id: await webhook(), limit: 5 } }),
  testWebhook: async ({ webhook }) => ({ as: admin, parameters: { id: await webhook() } }),
  rotateSecret: async ({ webhook }) => ({ as: admin, parameters: { id: await webhook() } }),
  openRoom: async ({ openMeeting }) => ({ parameters: { link: (await openMeeting()).link } }),
  followShortLink: async ({ shortLink }) => ({ parameters: { code: await shortLink() } }),
  openPublicRoom: ({ unique }) => ({ parameters: { identifier: unique('place') } }),
  readAsset: async ({ asset }) => ({ parameters: { hash: await asset() } }),
  readDocument: () => ({}),
  health: () => ({}),
};
