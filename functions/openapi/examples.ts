import type * as z from 'zod/mini';
import type { replies } from './components.ts';
import type { user } from './userReplies.ts';

type Examples = { readonly [Name in keyof typeof replies]?: z.input<(typeof replies)[Name]['schema']> };

const meetingId = 'k3v9x0q2m7c1t8r5w4z6b0n2p1';
const organizerId = '0a11ce00-0000-4000-8000-000000000001';
const link = `https://meet.example.org/m/${meetingId}.h7d2s9f4j1k6a3e8`;
const created = '2027-02-20T10:00:00.000Z';
const [validSince, validUntil] = ['2027-03-01T08:30:00.000Z', '2027-03-01T09:30:00.000Z'];

const facts = {
  id: meetingId,
  name: 'Planning',
  timeZone: 'Europe/Madrid',
  validSince,
  validUntil,
  status: 'scheduled',
  url: link,
  ddi: { extension: '+34999999999', pin: '483920175' },
  organizerId,
  sendInvitations: true,
  showAnswers: false,
  cohostsManage: false,
  isPasswordProtected: false,
  lobby: false,
  revision: 1,
  sequence: 0,
  created,
  updated: created,
} as const;

const bob = { id: '4z8q1m0x7c2v', name: 'Bob', email: 'bob@example.org' };

const answer = { status: 'accepted', when: '2027-02-21T10:00:00.000Z', how: 'page', sequence: 0 } as const;
const answers = { accepted: 1, tentative: 0, declined: 0, needsAction: 1 };

const alice: z.input<typeof user> = {
  id: organizerId,
  username: 'alice',
  name: 'Alice Vidal',
  email: 'alice@example.org',
  mobilePhone: '+34600000001',
  language: 'en',
  role: 'user',
  capabilities: ['meetings'],
  created,
  lastLogin: created,
};

const webhook = {
  id: '8m2k4x6z0q1w3e5r7t9y2c4v6b',
  url: 'https://hooks.example.org/meetings',
  events: ['meeting.scheduled', 'meeting.cancelled'],
  enabled: true,
  secrets: [{ made: created }],
  created,
  updated: created,
};

/** A reply of each kind. */
export const examples = {
  Meeting: {
    ...facts,
    organizerName: 'Alice Vidal',
    answers,
    participants: [
      { ...bob, answer },
      { id: '7t3k9d5h1w6s', phone: '+34600000002', answer: { status: 'needsAction' } },
    ],
  },
  History: {
    changes: [
      {
        revision: 2,
        at: '2027-02-15T10:05:00.000Z',
        by: { id: organizerId, name: 'Alice Vidal' },
        kind: 'changed',
        fields: ['validSince', 'validUntil', 'participants'],
        added: 1,
      },
      {
        revision: 1,
        at: '2027-02-15T10:00:00.000Z',
        by: { id: organizerId, name: 'Alice Vidal' },
        kind: 'scheduled',
      },
    ],
  },
  Participant: { id: '9f2m4c8x1r7v', name: 'Carla', email: 'carla@example.org', answer: { status: 'needsAction' } },
  Invitation: {
    name: 'Planning',
    organizer: 'Alice Vidal',
    timeZone: 'Europe/Madrid',
    validSince,
    validUntil,
    sequence: 0,
    participant: { id: bob.id, name: bob.name },
    answer,
    answers,
  },
  MeetingPage: { meetings: [{ ...facts, role: 'organizer', participantCount: 2 }] },
  Invitations: {
    revision: 1,
    sequence: 0,
    participants: [
      {
        ...bob,
        deliveries: [
          { kind: 'invitation', channel: 'email', sequence: 0, state: 'sent', attempts: 1, updated: created },
        ],
      },
    ],
    removed: [],
    organizer: { userId: organizerId, deliveries: [] },
  },
  User: alice,
  AdministeredUser: { ...alice, granted: ['meetings'] },
  UserPage: { users: [{ ...alice, granted: [] }] },
  Device: { id: 'phone', platform: 'fcm', registered: created },
  DeviceList: { devices: [{ id: 'phone', platform: 'fcm', registered: created }] },
  HostToken: {
    token: 'v1s8d3k6h9q2w5e7r0t4y1z3x6c8b0n2',
    url: `${link}#host=v1s8d3k6h9q2w5e7r0t4y1z3x6c8b0n2`,
    expiresAt: '2027-03-01T08:30:00.000Z',
  },
  Attendance: {
    id: meetingId,
    validSince,
    validUntil,
    summary: { invited: 2, seen: 1, others: 1 },
    organizer: { seen: true, seconds: 3_600, visits: [{ from: validSince, until: validUntil }] },
    participants: [
      {
        ...bob,
        seen: true,
        seconds: 3_300,
        visits: [{ from: '2027-03-01T08:31:00.000Z', until: '2027-03-01T09:26:00.000Z' }],
      },
      { id: '7t3k9d5h1w6s', phone: '+34600000002', seen: false, seconds: 0, visits: [] },
    ],
    others: [
      {
        name: 'Eve',
        seen: true,
        seconds: 600,
        visits: [{ from: '2027-03-01T08:40:00.000Z', until: '2027-03-01T08:50:00.000Z' }],
      },
    ],
  },
  DialledMeeting: { meetingId, name: 'Planning', validSince, validUntil, isPasswordProtected: false, language: 'en' },
  Room: {
    kind: 'meeting',
    room: meetingId,
    name: 'Planning',
    organizer: 'Alice Vidal',
    validSince,
    validUntil,
    opensAt: '2027-03-01T08:20:00.000Z',
    timeZone: 'Europe/Madrid',
    lobby: false,
    dialIn: { extension: '+34999999999', pin: '483920175' },
    capacity: 8,
    socketUrl: 'wss://sockets.example.org/rooms',
    iceServers: [{ urls: ['stun:stun.example.org:3478'] }],
  },
  Webhook: webhook,
  KeyedWebhook: { ...webhook, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0c1t2u3v4w4=' },
  WebhookList: { webhooks: [webhook] },
  AttemptPage: {
    events: [
      {
        id: `${meetingId}-000000001`,
        type: 'meeting.scheduled',
        timestamp: created,
        state: 'told',
        attempts: [
          { at: '2027-02-20T10:00:01.000Z', milliseconds: 10_000, silence: 'timeout' },
          { at: '2027-02-20T10:00:16.000Z', milliseconds: 120, status: 204 },
        ],
      },
    ],
  },
  WebhookTest: { id: 'test-8m2k4x6z0q1w3e5r7t9y2c4v6b', told: true, milliseconds: 120, status: 204 },
  Health: { status: 'ok' },
} satisfies Examples;
