import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { combine, secondsPerMail } from '../../../infra/operate/cost/meetingUsage.ts';
import { type MeasuredUsage, measuredUsage, type Usage } from '../../../infra/operate/cost/usage.ts';
import { callAs } from '../../../infra/run/demo/call.ts';
import { beginJourney, type Journey } from '../journey.ts';
import { type MeasuredMeeting, measureMeeting } from './measureMeeting.ts';
import { leastOf, perPerson, withoutPeople } from './perPerson.ts';

const rounds = 3;
const shippedSendRate = 14;

let service: Journey;
let counted: MeasuredUsage;
let secondsOfTenMails: number;

beforeAll(async () => {
  service = await beginJourney({ mailsPerDay: 0, smsPerDay: 0 }, { countsCapacity: true });
  await callAs(service, 'alice', 'PUT', '/users/me/devices/phone', { platform: 'fcm', token: 'alice-phone' });
  await measureMeeting(service, 9, 1); // starts every worker
  counted = await measure();
}, 400_000);

afterAll(() => service.end());

async function measure(): Promise<MeasuredUsage> {
  // One mail more, each time: the organizer's.
  const one = await repeat(0, 0);
  const tens = await repeat(9, 0);
  const ten = leastOf(tens.map(({ usage }) => usage));
  secondsOfTenMails = leastSeconds(tens);
  const thirty = leastOf((await repeat(29, 0)).map(({ usage }) => usage));
  const mixed = leastOf((await repeat(9, 20)).map(({ usage }) => usage));
  const perMail = perPerson(ten, thirty, 20);
  return {
    perMeeting: withoutPeople(ten, perMail, 9),
    perMail,
    perSms: perPerson(ten, mixed, 20),
    secondsOfMail: leastSeconds(one),
  };
}

function leastSeconds(meetings: readonly MeasuredMeeting[]): number {
  return Math.min(...meetings.map(({ mailWorkerSeconds }) => mailWorkerSeconds));
}

async function repeat(mails: number, sms: number): Promise<MeasuredMeeting[]> {
  const meetings: MeasuredMeeting[] = [];
  for (let round = 0; round < rounds; round += 1) meetings.push(await measureMeeting(service, mails, sms));
  return meetings;
}

/** Bytes depend on how times and numbers are written; seconds on the machine. */
const isBytes = (name: keyof Usage) => name.endsWith('Bytes');
const isTime = (name: keyof Usage) => /seconds$/i.test(name);

describe('the figures that npm run cost reckons with', () => {
  for (const part of ['perMeeting', 'perMail', 'perSms'] as const) {
    test(`are what the local run counts: ${part}`, () => {
      const exact = (usage: Usage) => combine((name) => (isBytes(name) || isTime(name) ? 0 : usage[name]));
      expect(exact(measuredUsage[part]), written()).toEqual(exact(counted[part]));
      const bytes = (usage: Usage) => combine((name) => (isBytes(name) ? usage[name] : 0));
      expectWithin(0.03, bytes(measuredUsage[part]), bytes(counted[part]));
    });
  }

  test('have the worker wait between mails as it does', () => {
    const ratio = secondsOfTenMails / (10 * secondsPerMail(shippedSendRate, counted.secondsOfMail));
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.5);
  });

  test('are within a factor of four of the times that this machine takes', () => {
    const seconds = ({ perMeeting, perMail }: MeasuredUsage) => perMeeting.seconds + 10 * perMail.seconds;
    for (const ratio of [
      seconds(counted) / seconds(measuredUsage),
      counted.secondsOfMail / measuredUsage.secondsOfMail,
    ]) {
      expect(ratio, written()).toBeGreaterThan(1 / 4);
      expect(ratio, written()).toBeLessThan(4);
    }
  });
});

function expectWithin(share: number, stated: Usage, measured: Usage): void {
  const off = combine((name) => Math.abs(stated[name] - measured[name]) / (measured[name] || 1));
  for (const [name, difference] of Object.entries(off))
    expect(difference, `${name}: ${written()}`).toBeLessThanOrEqual(share);
}

function written(): string {
  return `infra/operate/cost/usage.ts is to say: ${JSON.stringify(counted, null, 2)}`;
}
