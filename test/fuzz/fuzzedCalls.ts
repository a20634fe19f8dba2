import fc from 'fast-check';
import { routes } from '../../functions/routes.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { secrets } from './leaks.ts';

export const visitors = ['alice', 'alice', 'root', 'bob', 'nobody'] as const;

/** One call of the service, made of a right one that was spoilt, or of nothing that makes sense. */
export interface FuzzedCall {
  readonly route: Route;
  /** Of the path, not yet encoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly visitor: (typeof visitors)[number];
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Bodies that are taken, from which the spoilt ones are made. */
export const rightMeeting = {
  name: 'Planning',
  participants: [
    { email: 'ana@example.org', name: 'Ana', language: 'es' },
    { phone: '+34600000005' },
    { userId: 'bob-id' },
  ],
  validSince: '2027-03-01T09:00:00Z',
  validUntil: '2027-03-01T10:00:00+00:00',
  timeZone: 'Europe/Madrid',
  language: 'ca',
  description: 'One\ntwo',
  sendInvitations: true,
  lobby: false,
};

const rightBodies: Readonly<Record<string, Json>> = {
  'POST /meetings': rightMeeting,
  'PATCH /meetings/{id}': { ...rightMeeting, rotateLink: true, password: secrets.password },
  'POST /dial-in/{pin}': { password: secrets.password },
  'POST /meetings/{id}/invitations': {},
  'PATCH /users/me': { alias: 'ally', language: 'es', landLineNumber: '+34910000000' },
  'PUT /users/me/devices/{id}': { platform: 'fcm', token: 'device-token-that-nobody-may-see' },
  'PUT /users/{id}': { username: 'carl', email: 'carl@example.org', mobilePhone: '+34600000007', capabilities: [] },
};

const strange = [
  '',
  ' ',
  '\u0000',
  '\ud83c',
  '\udf88\ud83c',
  '\u202eevil',
  '\u2066',
  '\u200b\u200d',
  `e${'\u0301'.repeat(1_000)}`,
  '\ufdfa'.repeat(64),
  '\u212aevin@example.org',
  'ana@bücher.example',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '{{meeting.name}}',
  '%00',
  '%E0%A4%A',
  'x'.repeat(5_000),
  '2027-02-30T09:00:00Z',
  '+270000-01-01T00:00:00Z',
  'W/"1"',
  '*',
];

const text = fc.oneof(
  fc.constantFrom(...strange),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
);

const junk: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.constantFrom(null, true, false, 0, -0, -1, 0.5, 1e308, 1_803_889_800_000),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.integer({ min: 1, max: 3_000 }).map((length) => Array.from({ length }, () => 'x')),
);

interface Spoiling {
  /** The way down, as positions that count round. */
  readonly at: readonly number[];
  readonly how: 'replace' | 'remove' | 'add' | 'repeat';
  readonly name: string;
  readonly value: Json;
}

const spoilings = fc.array(
  fc.record<Spoiling>({
    at: fc.array(fc.nat(12), { maxLength: 3 }),
    how: fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat'),
    name: text,
    value: junk,
  }),
  { maxLength: 3 },
);

/** A copy of a value in which one place is another. */
function spoil(value: Json, { at: [position, ...rest], how, name, value: put }: Spoiling): Json {
  if (position === undefined) return how === 'replace' ? put : addTo(value, how, name, put);
  if (Array.isArray(value)) {
    const index = position % Math.max(1, value.length);
    if (rest.length === 0 && how === 'remove') return value.toSpliced(index, 1);
    if (rest.length === 0 && how === 'repeat') return [...value, value[index] ?? null];
    return value.map((one, place) => (place === index ? spoil(one, { at: rest, how, name, value: put }) : one));
  }
  if (typeof value !== 'object' || value === null) return how === 'replace' ? put : value;
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  const index = position % Math.max(1, entries.length);
  if (rest.length === 0 && how === 'remove') return Object.fromEntries(entries.toSpliced(index, 1));
  return Object.fromEntries(
    entries.map(([key, one], place) => [key, place === index ? spoil(one, { at: rest, how, name, value: put }) : one]),
  );
}

function addTo(value: Json, how: Spoiling['how'], name: string, put: Json): Json {
  if (how === 'remove' || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return [...value, put];
  return Object.fromEntries([...Object.entries(value), [name, put]]);
}

const bytesOf = (given: string) => new TextEncoder().encode(given);

function bodyFor(name: string): fc.Arbitrary<Uint8Array | undefined> {
  const right = rightBodies[name];
  const neighbours = spoilings.map((all) => bytesOf(JSON.stringify(all.reduce(spoil, right ?? {}))));
  return fc.oneof(
    { weight: right === undefined ? 1 : 12, arbitrary: neighbours },
    { weight: right === undefined ? 6 : 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: text.map(bytesOf) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((depth) => bytesOf('['.repeat(depth))) },
    { weight: 1, arbitrary: fc.nat(80).map((length) => bytesOf(JSON.stringify(rightMeeting).slice(0, length))) },
  );
}

const queryNames = ['from', 'until', 'limit', 'cursor', 'role', 'status', 'username', 'email', 'updatedSince'];
const query = fc.dictionary(fc.oneof(fc.constantFrom(...queryNames), text), text, { maxKeys: 3 });

/** What a header may hold at all (RFC 9110, section 5.5), as bytes of Latin-1. */
const headerText = text.map((given) => given.replace(/[^\t\x20-\x7e\xa1-\xff]/g, '').trim());
const headers = fc.dictionary(
  fc.constantFrom('If-Match', 'Idempotency-Key', 'Accept', 'Accept-Language', 'If-None-Match', 'Range'),
  fc.oneof(headerText, fc.constantFrom('W/"1"', '"1"', '1', 'text/html', 'application/json')),
  { maxKeys: 2 },
);

/** @param known ids that stand for something, which a path may name */
export function fuzzedCalls(known: readonly string[]): fc.Arbitrary<FuzzedCall> {
  const parameter = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: text });
  const isWritten = ({ method, path }: Route) => `${method} ${path}` in rightBodies;
  const written: readonly Route[] = routes.filter(isWritten);
  return fc.constantFrom<Route>(...routes, ...written, ...written, ...written).chain((route) => {
    const parts = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const names = parts.filter((name) => name !== 'linkPath');
    return fc.record({
      route: fc.constant(route),
      parameters: fc.record(Object.fromEntries(names.map((name) => [name, parameter]))),
      query,
      headers,
      body: bodyFor(`${route.method} ${route.path}`),
      visitor: fc.constantFrom(...visitors),
    });
  });
}
