import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { newMeetingInput } from '../../functions/meetings/meetingInput.ts';
import { meetingPatch } from '../../functions/meetings/meetingPatch.ts';
import { openapiDocument } from '../../functions/openapi/document.ts';
import { deviceInput } from '../../functions/users/device.ts';
import { profilePatch, provisionInput } from '../../functions/users/profileInput.ts';
import { readConformance } from './conformance.ts';

const { faults } = readConformance(JSON.stringify(openapiDocument('/m')));

const start = '2027-03-01T09:30:00+01:00';
const meeting = { name: 'Planning', participants: [], validSince: start };
const withPerson = (person: object) => ({ ...meeting, participants: [person] });
const provision = { username: 'bob', capabilities: [] };

/** What the service and its document must agree on: at the edges of each rule, and on what is no JSON of ours. */
const cases: readonly [name: string, schema: z.ZodMiniType, taken: readonly object[], refused: readonly unknown[]][] = [
  [
    'NewMeeting',
    newMeetingInput,
    [
      meeting,
      { ...meeting, name: 'x'.repeat(200) },
      { ...meeting, validSince: 1_803_889_800_000 },
      { ...meeting, validSince: '2027-03-01T08:30:00.123456789Z' },
      { ...meeting, description: 'x'.repeat(2_000) },
      { ...meeting, participants: Array.from({ length: 2_000 }, (_, index) => ({ userId: `user-${index}` })) },
      withPerson({ email: 'bob@example.org', phone: '34600000002', name: 'x'.repeat(100), language: 'es-MX' }),
      withPerson({ phone: '+1234567' }),
    ],
    [
      undefined,
      null,
      [],
      {},
      { ...meeting, name: '' },
      { ...meeting, name: 'x'.repeat(201) },
      { ...meeting, surprise: true },
      { ...meeting, validSince: '2027-03-01T09:30:00' },
      { ...meeting, validSince: '2027-02-30T09:30:00Z' },
      { ...meeting, validSince: 1_803_889_800 },
      { ...meeting, validSince: 1_803_889_800_000.5 },
      { ...meeting, validSince: true },
      { ...meeting, validUntil: null },
      { ...meeting, description: 'x'.repeat(2_001) },
      { ...meeting, lobby: 'yes' },
      { ...meeting, password: '123' },
      { ...meeting, password: '7'.repeat(300) },
      { ...meeting, isPasswordProtected: 'yes' },
      { ...meeting, record: true },
      { ...meeting, organizerId: '' },
      { ...meeting, participants: Array.from({ length: 2_001 }, (_, index) => ({ userId: `user-${index}` })) },
      withPerson({}),
      withPerson({ name: 'Bob' }),
      withPerson({ email: 'bob' }),
      withPerson({
        email: `${'x'.repeat(64)}@${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}.${'v'.repeat(60)}.org`,
      }),
      withPerson({ phone: '123456' }),
      withPerson({ phone: '+1234567890123456' }),
      withPerson({ phone: '+0123456789' }),
      withPerson({ phone: '+34600000002', name: 'x'.repeat(401) }),
      withPerson({ phone: '+34600000002', language: 'x'.repeat(36) }),
    ],
  ],
  [
    'MeetingPatch',
    meetingPatch,
    [
      {},
      { rotateLink: true },
      { validSince: start, validUntil: null, description: null, language: null, timeZone: null, lobby: null },
      { participants: [{ id: '4z8q1m0x7c2v' }] },
      { sendInvitations: null },
      { password: '730164', isPasswordProtected: true, record: false },
      { password: null, record: null },
    ],
    [
      null,
      [],
      { name: null },
      { participants: null },
      { validSince: null },
      { organizerId: 'x' },
      { participants: [{}] },
      { rotateLink: null },
    ],
  ],
  [
    'ProfilePatch',
    profilePatch,
    [
      {},
      { alias: null, language: null, landLineNumber: null },
      { alias: 'a'.repeat(40) },
      { landLineNumber: '34910000001' },
    ],
    [
      null,
      { alias: '' },
      { alias: 'a'.repeat(41) },
      { alias: '-a' },
      { role: 'admin' },
      { landLineNumber: '12' },
      { language: 7 },
    ],
  ],
  [
    'UserProvision',
    provisionInput,
    [provision, { capabilities: ['admin', 'dial-in', 'meetings'] }, { ...provision, username: 'x'.repeat(128) }],
    [
      {},
      { ...provision, username: '' },
      { ...provision, username: 'a\nb' },
      { ...provision, capabilities: ['root'] },
      { ...provision, alias: null },
    ],
  ],
  [
    'DeviceRegistration',
    deviceInput,
    [{ platform: 'apns-sandbox', token: 'x'.repeat(2_048) }],
    [
      { platform: 'fcm' },
      { platform: 'windows', token: 'x' },
      { platform: 'fcm', token: 'a b' },
      { platform: 'fcm', token: 'x'.repeat(2_049) },
    ],
  ],
];

describe.each(cases)('%s', (name, schema, taken, refused) => {
  const place = ['components', 'schemas', name];

  test.each(taken.map(named))('is taken by the document and by the service: %s', (_, body) => {
    expect(faults(place, body)).toEqual([]);
    expect(schema.safeParse(body)).toMatchObject({ success: true });
  });

  test.each(refused.map(named))('is refused by the document and by the service: %s', (_, body) => {
    expect(faults(place, body)).not.toEqual([]);
    expect(schema.safeParse(body)).toMatchObject({ success: false });
  });
});

/** Its JSON, or the beginning of it. */
function named(body: unknown): [name: string, body: unknown] {
  return [String(JSON.stringify(body)).slice(0, 120), body];
}
