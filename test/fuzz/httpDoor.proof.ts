import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginJourney, type Journey } from '../journeys/journey.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { type FuzzedCall, fuzzedCalls, rightMeeting } from './fuzzedCalls.ts';
import { leaksOfLine, leaksOfRefusal, secrets } from './leaks.ts';
import { type SpoiltRequest, sendSpoilt, type WireAnswer } from './spoiltRequest.ts';

let service: Journey;
let known: string[];
let tokens: Readonly<Record<FuzzedCall['visitor'], string | undefined>>;

const callsAtOnce = 4;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
const contentTypes = [
  'application/json',
  'application/merge-patch+json',
  'application/x-www-form-urlencoded',
  'text/plain',
];

beforeAll(async () => {
  service = await beginJourney({ mailsPerDay: 1_000_000, smsPerDay: 100_000 });
  const reached = {
    email: secrets.address,
    email_verified: true,
    phone_number: secrets.number,
    phone_number_verified: true,
  };
  tokens = {
    alice: await service.token('carla', { ...reached, sub: 'carla', 'cognito:groups': ['meetings', 'dial-in'] }),
    root: await service.token('alice'),
    bob: await service.token('bob'),
    nobody: undefined,
  };
  const body = new TextEncoder().encode(JSON.stringify({ ...meeting(60_000), password: secrets.password }));
  const route = { method: 'POST', path: '/meetings', access: 'user', handler: 'http/meetings/createMeeting' } as const;
  known = ['bob', 'phone'];
  // Some of them are cancelled on the way.
  for (let number = 1; number <= 8; number += 1) {
    const created = await sendSpoilt(service.url, { ...plain, route, body }, tokens.alice);
    expect(created, created.text).toMatchObject({ status: 201 });
    const { id, url, ddi } = JSON.parse(created.text);
    known.push(id, String(url).split('/').at(-1) ?? '', ddi.pin);
  }
}, 400_000);

afterAll(async () => {
  await service.end();
});

const plain: Omit<SpoiltRequest, 'route' | 'body'> = {
  ...{ parameters: {}, query: {}, headers: {}, visitor: 'alice', method: undefined },
  ...{ isEscaped: true, isRepeated: false, contentType: 'application/json' },
};

/** A meeting that is taken, and begins in so many milliseconds. */
function meeting(milliseconds: number) {
  const validSince = Date.now() + milliseconds;
  return {
    ...rightMeeting,
    participants: [{ email: secrets.address }],
    validSince,
    validUntil: validSince + 3_600_000,
  };
}

function spoiltRequests(): fc.Arbitrary<SpoiltRequest> {
  const rarely = <Value>(arbitrary: fc.Arbitrary<Value>, usual: Value | undefined) =>
    fc.oneof({ weight: 15, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary });
  const wire = fc.record({
    isEscaped: fc.boolean(),
    isRepeated: fc.boolean(),
    method: rarely(fc.constantFrom(...methods), undefined),
    contentType: rarely(fc.constantFrom(...contentTypes, undefined), 'application/json'),
  });
  return fc.tuple(fuzzedCalls(known), wire).map(([call, how]) => ({ ...call, ...how }));
}

const seed = randomSeed();

test(`whatever comes over HTTP, several at once, is answered without a fault of ours, and tells nothing (seed ${seed})`, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(spoiltRequests(), { minLength: callsAtOnce, maxLength: callsAtOnce }), async (calls) => {
      const answers = await Promise.all(calls.map((call) => sendSpoilt(service.url, call, tokens[call.visitor])));
      for (const answer of answers) {
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        expectNoFault(answer);
      }
    }),
    { numRuns: Math.ceil(randomRuns(1_000) / callsAtOnce), seed },
  );
  await service.waitUntilIdle(120_000);
  const counted = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
  console.log(`${counted.join(', ')} from seed ${seed}`);
  const lines = service.logs().map((line) => JSON.stringify(line));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => leaksOfLine(line).length > 0)).toEqual([]);
}, 3_600_000);

function expectNoFault({ status, contentType, text }: WireAnswer): void {
  expect(status, text).toBeLessThan(500);
  if (status < 400 || text === '') return;
  expect(leaksOfRefusal(text), text).toEqual([]);
  // The gateway's own refusals are `{"message": …}`.
  if (contentType !== 'application/problem+json') expect([400, 401, 413, 429, 431], text).toContain(status);
}
