import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Route } from '../../functions/runtime/route.ts';
import { startAws, type TestAws } from '../aws.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { type Answer, alice, bob, type Claims, call, root, startService, type TestService } from '../service.ts';
import { type FuzzedCall, fuzzedCalls } from './fuzzedCalls.ts';
import { leaksOfLine, leaksOfRefusal, secrets } from './leaks.ts';

let aws: TestAws;
let service: TestService;
let lines: LogLines;
let known: string[];

const claimsOf: Readonly<Record<FuzzedCall['visitor'], Claims | undefined>> = {
  alice: { ...alice, email: secrets.address, phone_number: secrets.number },
  root,
  bob,
  nobody: undefined,
};

const handlers = '../../functions/handlers';

/** What answers at a route: the entry of a function, or one of the doors of a function that has several. */
async function doorOf({ handler, servedBy }: Pick<Route, 'handler' | 'servedBy'>): Promise<Parameters<typeof call>[0]> {
  if (!servedBy) return (await import(`${handlers}/${handler}.handler.ts`)).handler;
  return (await import(`${handlers}/${handler}.ts`))[handler.split('/').at(-1) ?? ''];
}

beforeAll(async () => {
  aws = await startAws();
  service = await startService({ mailsPerDay: 100_000_000, smsPerDay: 100_000_000 });
  lines = catchLog();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T08:00:00Z') });
  const body = { name: 'Planning', participants: [{ email: 'ana@example.org' }], validSince: '2027-03-01T09:00:00Z' };
  const created = await call(await doorOf({ handler: 'http/meetings/createMeeting' }), {
    claims: claimsOf.alice,
    body,
  } as never);
  known = [created.body.id, String(created.body.url).split('/').at(-1) ?? '', 'bob-id', 'phone', '123456789'];
});

afterAll(async () => {
  vi.useRealTimers();
  lines.stop();
  await service.stop();
  await aws.stop();
});

async function send({ route, parameters, query, headers, body, visitor }: FuzzedCall): Promise<Answer> {
  const claims = route.access === 'user' ? (claimsOf[visitor] ?? bob) : undefined;
  const content = body === undefined ? {} : { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
  return call(await doorOf(route), {
    ...(claims ? { claims } : {}),
    path: parameters,
    query,
    headers,
    ...content,
  });
}

const seed = randomSeed();

test(`whatever comes in through a door is answered without a fault of ours, and tells nothing (seed ${seed})`, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fuzzedCalls(known), async (fuzzed) => {
      lines.clear();
      const answer = await send(fuzzed);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const said = lines.all().map((line) => JSON.stringify(line));
      expect(answer.status, said.join('\n')).toBeLessThan(500);
      expect(said.flatMap(leaksOfLine), said.join('\n')).toEqual([]);
      if (answer.status < 400) return;
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.body).toMatchObject({
        type: expect.stringMatching(/^https?:|^\//),
        title: expect.any(String),
        status: answer.status,
        code: expect.stringMatching(/^[a-z][a-z-]+$/),
        detail: expect.any(String),
        instance: 'urn:request:request-1',
      });
      expect(leaksOfRefusal(JSON.stringify(answer.body)), JSON.stringify(answer.body)).toEqual([]);
    }),
    { numRuns: randomRuns(5_000), seed },
  );
  const counted = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
  console.log(`${counted.join(', ')} from seed ${seed}`);
}, 3_600_000);
