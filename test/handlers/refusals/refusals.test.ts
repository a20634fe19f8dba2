import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as z from 'zod/mini';
import { attemptsQuery } from '../../../functions/events/attemptsQuery.ts';
import { webhookInput, webhookPatch } from '../../../functions/events/webhookInput.ts';
import { answerInput } from '../../../functions/meetings/answers/answerInput.ts';
import { idempotencyHeader } from '../../../functions/meetings/idempotency.ts';
import { personalLinkOf } from '../../../functions/meetings/links/personalLink.ts';
import { listQuery } from '../../../functions/meetings/listings/listQuery.ts';
import { newMeetingInput, noFields, participantInput } from '../../../functions/meetings/meetingInput.ts';
import { meetingPatch } from '../../../functions/meetings/meetingPatch.ts';
import { meetingStore } from '../../../functions/meetings/meetingStore.ts';
import { operationIdOf, operations } from '../../../functions/openapi/document.ts';
import { reservationForm } from '../../../functions/rooms/conference/jitsi/reservation.ts';
import { dialInPassword } from '../../../functions/rooms/dialInPassword.ts';
import { routes } from '../../../functions/routes.ts';
import { ifMatchHeader } from '../../../functions/runtime/entityTags.ts';
import { deviceIdInput, deviceInput } from '../../../functions/users/device.ts';
import { profilePatch, provisionInput, userIdInput } from '../../../functions/users/profileInput.ts';
import { userListQuery } from '../../../functions/users/userListQuery.ts';
import {
  type Answer,
  alice,
  bob,
  type Call,
  type Claims,
  call,
  root,
  startService,
  type TestService,
  testSettings,
} from '../../service.ts';
import { absent, type Row, rows } from './rows.ts';
import { brokenRules, rulesOf } from './schemaRules.ts';

type Place = 'body' | 'query' | 'path' | 'header' | 'form';
type Door = (options: Call) => Promise<Answer>;

/** What an operation takes, and a call of it that is right. */
interface Subject {
  readonly handler: () => Promise<{ readonly handler: unknown }>;
  readonly claims: Claims;
  readonly schemas: Partial<Record<Place, z.core.$ZodType>>;
  readonly right: Partial<Record<Place, object>>;
}

const meeting = {
  name: 'Planning',
  participants: [
    { email: 'ana@example.org' },
    { email: 'bob@example.org', phone: '+34600000005' },
    { email: 'bob@example.org' },
  ],
  validSince: '2027-03-01T09:00:00Z',
};
const { validSince: _, ...patch } = meeting;
const answer = { status: 'accepted', proposed: [{ validSince: '2027-03-02T09:00:00Z' }] };
const handlers = '../../../functions/handlers/http';

const subjects: Readonly<Record<string, Subject>> = {
  createMeeting: {
    handler: () => import(`${handlers}/meetings/createMeeting.handler.ts`),
    claims: { ...alice, 'cognito:groups': '[admin]' },
    schemas: { body: newMeetingInput, header: idempotencyHeader },
    right: { body: meeting },
  },
  patchMeeting: {
    handler: () => import(`${handlers}/meetings/patchMeeting.handler.ts`),
    claims: alice,
    schemas: { body: meetingPatch, header: ifMatchHeader },
    right: { body: patch },
  },
  addParticipant: {
    handler: async () => ({
      handler: (await import('../../../functions/handlers/http/meetings/addParticipant.ts')).addParticipant,
    }),
    claims: alice,
    schemas: { body: participantInput, header: ifMatchHeader },
    right: { body: { email: 'carla@example.org' } },
  },
  removeParticipant: {
    handler: async () => ({
      handler: (await import('../../../functions/handlers/http/meetings/removeParticipant.ts')).removeParticipant,
    }),
    claims: alice,
    schemas: { header: ifMatchHeader },
    right: { path: { participantId: 'nobody' } },
  },
  cancelMeeting: {
    handler: () => import(`${handlers}/meetings/cancelMeeting.handler.ts`),
    claims: alice,
    schemas: { header: ifMatchHeader },
    right: {},
  },
  inviteAgain: {
    handler: () => import(`${handlers}/meetings/inviteAgain.handler.ts`),
    claims: alice,
    schemas: { body: noFields, header: ifMatchHeader },
    right: { body: {} },
  },
  listMeetings: {
    handler: () => import(`${handlers}/meetings/listMeetings.handler.ts`),
    claims: alice,
    schemas: { query: listQuery },
    right: { query: { from: '2027-01-01T00:00:00Z' } },
  },
  answerMeeting: {
    handler: () => import(`${handlers}/meetings/answerMeeting.handler.ts`),
    claims: bob,
    schemas: { body: answerInput },
    right: { body: answer },
  },
  giveAnswer: {
    handler: () => import(`${handlers}/rooms/giveAnswer.handler.ts`),
    claims: bob,
    schemas: { body: answerInput },
    right: { body: answer },
  },
  enterDialIn: {
    handler: async () => ({
      handler: (await import('../../../functions/handlers/http/rooms/enterDialIn.ts')).enterDialIn,
    }),
    claims: root,
    schemas: { body: dialInPassword },
    right: { body: { password: '730164' } },
  },
  patchMe: {
    handler: () => import(`${handlers}/users/patchMe.handler.ts`),
    claims: alice,
    schemas: { body: profilePatch },
    right: { body: {} },
  },
  putDevice: {
    handler: () => import(`${handlers}/users/putDevice.handler.ts`),
    claims: alice,
    schemas: { body: deviceInput, path: deviceIdInput },
    right: { body: { platform: 'fcm', token: 'token' }, path: { id: 'phone' } },
  },
  deleteDevice: {
    handler: () => import(`${handlers}/users/deleteDevice.handler.ts`),
    claims: alice,
    schemas: { path: deviceIdInput },
    right: { path: { id: 'phone' } },
  },
  listUsers: {
    handler: () => import(`${handlers}/users/listUsers.handler.ts`),
    claims: root,
    schemas: { query: userListQuery },
    right: { query: {} },
  },
  readUser: {
    handler: () => import(`${handlers}/users/readUser.handler.ts`),
    claims: root,
    schemas: { path: userIdInput },
    right: { path: { id: 'new-id' } },
  },
  putUser: {
    handler: () => import(`${handlers}/users/putUser.handler.ts`),
    claims: root,
    schemas: { body: provisionInput, path: userIdInput },
    right: { body: { username: 'new', capabilities: ['meetings'] }, path: { id: 'new-id' } },
  },
  deleteUser: {
    handler: () => import(`${handlers}/users/deleteUser.handler.ts`),
    claims: root,
    schemas: { path: userIdInput },
    right: { path: { id: 'new-id' } },
  },
  createWebhook: {
    handler: async () => ({
      handler: (await import('../../../functions/handlers/http/webhooks/createWebhook.ts')).createWebhook,
    }),
    claims: root,
    schemas: { body: webhookInput },
    right: { body: { url: 'https://hooks.example.org/', events: ['meeting.ended'] } },
  },
  patchWebhook: {
    handler: async () => ({
      handler: (await import('../../../functions/handlers/http/webhooks/patchWebhook.ts')).patchWebhook,
    }),
    claims: root,
    schemas: { body: webhookPatch },
    right: { body: { events: ['meeting.ended'] }, path: { id: 'webhook' } },
  },
  readAttempts: {
    handler: async () => ({
      handler: (await import('../../../functions/handlers/http/webhooks/readAttempts.ts')).readAttempts,
    }),
    claims: root,
    schemas: { query: attemptsQuery },
    right: { query: {}, path: { id: 'webhook' } },
  },
  createReservation: {
    handler: async () => ({
      handler: (await import('../../../functions/handlers/http/conference/createReservation.ts')).createReservation,
    }),
    claims: root,
    schemas: { form: reservationForm },
    right: { form: { name: 'room' } },
  },
};

let service: TestService;
let meetingId: string;
let bobsLink: string;

const doorOf = async (id: string): Promise<Door> => {
  const subject = subjects[id];
  if (!subject) throw new Error(`${id} is not known here`);
  const { handler } = (await subject.handler()) as { handler: Parameters<typeof call>[0] };
  return (options) => call(handler, { claims: subject.claims, ...options });
};

beforeAll(async () => {
  service = await startService();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T08:00:00Z') });
  const [put, remove] = await Promise.all([doorOf('putUser'), doorOf('deleteUser')]);
  await put({ path: { id: 'gone-id' }, body: { username: 'gone', capabilities: [] } });
  await remove({ path: { id: 'gone-id' } });
  meetingId = (await (await doorOf('createMeeting'))({ claims: alice, body: meeting })).body.id;
  bobsLink = await linkOfBob();
});

afterAll(async () => {
  vi.useRealTimers();
  await service.stop();
});

async function linkOfBob(): Promise<string> {
  const kept = await meetingStore(service.table, 30).get(meetingId);
  const person = kept?.participants.find(({ email }) => email === bob.email);
  const link = kept && person && personalLinkOf(kept, person, testSettings);
  return link?.slice(link.lastIndexOf('/') + 1) ?? '';
}

/** The whole reply to an input with one fault. */
function refusalOf({ path, message }: Row) {
  return {
    status: 400,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: {
      type: '/docs/problems.md#invalid-input',
      title: 'The input is not as it must be',
      status: 400,
      code: 'invalid-input',
      detail: `${path === '' ? 'The body' : path} ${message}.`,
      instance: 'urn:request:request-1',
      errors: [{ path, message }],
    },
  };
}

/** What is right, but for `value` where the pointer leads to. */
function placed(right: unknown, pointer: string, value: unknown): unknown {
  if (pointer === '') return value === absent ? undefined : value;
  const [, part = '', ...rest] = pointer.split('/');
  const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
  const inner: unknown = Reflect.get(Object(right), name);
  if (Array.isArray(right))
    return right.map((item, index) => (String(index) === name ? placed(item, below(rest), value) : item));
  const others = Object.entries(Object(right)).filter(([key]) => key !== name);
  const own = rest.length === 0 && value === absent ? [] : [[name, placed(inner, below(rest), value)]];
  // An own field, whatever its name: `__proto__` too.
  return JSON.parse(
    `{${[...others, ...own].map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join()}}`,
  );
}

function below(parts: readonly string[]): string {
  return parts.map((part) => `/${part}`).join('');
}

const inputs = Object.entries(rows).flatMap(([id, places]) =>
  (Object.entries(places) as [Place, readonly Row[]][]).flatMap(([place, own]) =>
    own.flatMap((row) =>
      row.of.map((value) => ({ id, place, row, input: placed(rightOf(id, place, row), row.path, value) })),
    ),
  ),
);

function rightOf(id: string, place: Place, { beside }: Row): unknown {
  const right = subjects[id]?.right[place];
  return beside ? { ...right, ...beside } : right;
}

const onMeeting = new Set([
  'patchMeeting',
  'addParticipant',
  'removeParticipant',
  'cancelMeeting',
  'inviteAgain',
  'answerMeeting',
]);

function callWith(id: string, place: Place, input: unknown): Call {
  const { right = {} } = subjects[id] ?? {};
  const path = {
    ...right.path,
    ...(onMeeting.has(id) ? { id: meetingId } : {}),
    ...(id === 'giveAnswer' ? { link: bobsLink } : {}),
  };
  const given = { ...right, [place]: input };
  return {
    path: { ...path, ...(place === 'path' ? (input as object) : {}) },
    ...(given.query ? { query: given.query as Record<string, string> } : {}),
    ...(given.header ? { headers: given.header as Record<string, string> } : {}),
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    ...(given.form ? { body: new URLSearchParams(given.form as Record<string, string>).toString() } : {}),
  };
}

describe('a refusal', () => {
  test.each(inputs.map((one) => [one.id, one.row.path, one.row.message, shown(one.input), one] as const))(
    'of %s: %s %s, for %s',
    async (_id, _path, _message, _shown, { id, place, row, input }) => {
      expect(await (await doorOf(id))(callWith(id, place, input))).toEqual(refusalOf(row));
    },
  );
});

function shown(input: unknown): string {
  return String(JSON.stringify(input)).slice(0, 100);
}

describe('the table', () => {
  const schemas = Object.entries(subjects).flatMap(([id, subject]) =>
    (Object.entries(subject.schemas) as [Place, z.core.$ZodType][]).map(
      ([place, schema]) => [id, place, schema] as const,
    ),
  );

  test.each(schemas)('breaks every rule of %s (%s)', (id, place, schema) => {
    const broken = new Set(
      inputs.filter((one) => one.id === id && one.place === place).flatMap(({ input }) => brokenRules(schema, input)),
    );
    // A query, a path and a header hold texts, whatever is sent, and a path all its parameters and no other.
    const never =
      place === 'body'
        ? /^$/
        : place === 'path'
          ? / (invalid_type|required|unrecognized_keys)$/
          : / invalid_(type|union)$/;

    expect([...rulesOf(schema)].filter((rule) => !broken.has(rule) && !never.test(rule))).toEqual([]);
  });

  test('has every operation that takes anything', () => {
    const taking = routes.flatMap((route) => {
      const operation = operations[`${route.method} ${route.path}`];
      const { parameters = [], body } = operation ?? {};
      const ruled = parameters.filter(({ in: where, schema, name }) =>
        where !== 'path' ? name !== 'If-None-Match' : Object.keys(schema).length > 1,
      );
      const places = new Set<string>([...(body ? ['body'] : []), ...ruled.map(({ in: where }) => where)]);
      return [...places].map((place) => `${operationIdOf(route)} ${place}`);
    });
    const known = schemas.map(([id, place]) => `${id} ${place}`);

    expect(known.filter((one) => one !== 'createReservation form').sort()).toEqual(taking.sort());
  });

  test('tells a parameter from a field of the body by its name', () => {
    const twice = Object.entries(subjects).flatMap(([id, { schemas: own }]) => {
      const names = (['body', 'query', 'path', 'header'] as const).flatMap((place) =>
        own[place] ? namesOf(own[place]) : [],
      );
      return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${id} ${name}`);
    });

    expect(twice).toEqual([]);
  });
});

function namesOf(schema: z.core.$ZodType): string[] {
  const rules = [...rulesOf(schema)].map((rule) => rule.split(' ')[0]?.split('/')[1]);
  return [...new Set(rules.filter((name) => name !== undefined))];
}
