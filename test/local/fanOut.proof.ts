import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startLocalService } from '../../infra/local/localService.ts';
import { issueToken } from '../../infra/local/tokens/issuer.ts';
import { callAs } from '../../infra/run/demo/call.ts';
import { testAssembly, testDeployment } from '../bundles.ts';
import { everyChannel, inAnHour, type ShownMeeting } from '../journeys/journey.ts';
import { randomSeed } from '../randomRuns.ts';
import { runKillable } from './killable.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

const people = 300;
const kills = 10;

/** How many mails are at most on their way at once: at 8 a second two workers send one at a time each. */
const inFlight = 2;

/** Of the letters that leave, 600 in all, those after which the last kill may come: enough are left to be killed among. */
const killedUntil = 400;

/** Without limits of a day, which 300 people would exceed. */
const settings = { ...everyChannel, mailsPerDay: 0, smsPerDay: 0, maxSendRate: 8 };

const program = join(import.meta.dirname, 'runService.ts');

interface ShownDeliveries {
  readonly participants: readonly {
    readonly email: string;
    readonly deliveries: readonly { readonly channel: string; readonly state: string }[];
  }[];
}

test('ten times killed while it invites 300 people, the service has mailed all, and texted nobody twice', async () => {
  const seed = randomSeed();
  console.log(`The moments of the kills are those of SEED=${seed}`);
  const random = randomFrom(seed);
  const stateDirectory = temporaryDirectory();
  const { directory, stackName } = await testAssembly(settings);
  const thresholds = Array.from({ length: kills }, () => Math.floor(random() * killedUntil)).sort(
    (one, other) => one - other,
  );

  let meeting: ShownMeeting | undefined;
  for (const threshold of thresholds) {
    const { child, said } = await runKillable<{ url: string }>(program, stateDirectory, directory, stackName);
    meeting ??= await schedule(said.url, stateDirectory);
    while (letters(stateDirectory) < threshold) await sleep(1);
    await sleep(random() * 50);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  const service = await startLocalService({ stateDirectory, deployment: await testDeployment(settings) });
  onTestFinished(() => service.stop());
  const waiting = () => [...service.messages('EmailDeliveries'), ...service.messages('SmsDeliveries')].length;
  await expect.poll(waiting, { timeout: 400_000, interval: 500 }).toBe(0);
  await service.waitUntilIdle(60_000);

  const mailsTo = countOf(service.envelopes().flatMap(({ destinations }) => destinations));
  const smsTo = countOf(service.sms().map(({ phoneNumber }) => phoneNumber));
  const extra = service.envelopes().length - mailsTo.size;
  console.log(`${extra} mails came twice, ${people - smsTo.size} SMS were given up as perhaps sent`);
  const { json } = await callAs<ShownDeliveries>(service, 'alice', 'GET', `/meetings/${meeting?.id}/invitations`);
  expect(json.participants.filter(({ email }) => !mailsTo.has(email))).toEqual([]);
  expect(extra).toBeLessThanOrEqual(kills * inFlight);
  expect(Math.max(...smsTo.values())).toBe(1);
  const states = json.participants.flatMap(({ deliveries }) => deliveries.map((one) => `${one.channel} ${one.state}`));
  expect(countOf(states)).toEqual(
    new Map([
      ['email sent', people],
      ['sms sent', people],
    ]),
  );
  for (const channel of ['Email', 'Sms']) expect(service.messages(`${channel}DeliveryFailures`)).toEqual([]);
  expect(service.messages('MeetingChangeFailures')).toEqual([]);
  expect(service.denied()).toEqual([]);
});

async function schedule(url: string, stateDirectory: string): Promise<ShownMeeting> {
  const participants = Array.from({ length: people }, (_, index) => ({
    email: `guest-${index}@example.org`,
    phone: `+34611${String(index).padStart(6, '0')}`,
  }));
  const body = { name: 'All hands', validSince: inAnHour(), participants };
  const service = { url, token: (username: string) => issueToken(stateDirectory, username) };
  const { status, json } = await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body);
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

/** How many mails and SMS have left, by the files that they are kept in: one line each. */
function letters(stateDirectory: string): number {
  const files = ['mails/envelopes.jsonl', 'phones/sms.jsonl'].map((name) => join(stateDirectory, name));
  return files.filter(existsSync).reduce((sum, file) => sum + readFileSync(file, 'latin1').split('\n').length - 1, 0);
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The same numbers for the same seed, evenly from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
