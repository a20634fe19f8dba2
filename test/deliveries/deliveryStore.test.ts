import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leaseSeconds } from '../../functions/deliveries/delivery.ts';
import { type DeliveryStore, deliveryStore } from '../../functions/deliveries/deliveryStore.ts';
import type { InvitationJob } from '../../functions/deliveries/job.ts';
import { startService, type TestService } from '../service.ts';
import { jobOf } from './deliveries.ts';

let service: TestService;
let deliveries: DeliveryStore;
let job: InvitationJob;
let meetings = 0;

const now = new Date('2027-03-01T09:00:00Z');
const afterLease = new Date(now.getTime() + (leaseSeconds + 1) * 1_000);
const row = async () => (await deliveries.ofMeeting(job.meetingId))[0];

beforeAll(async () => {
  service = await startService();
  deliveries = deliveryStore(service.table);
});

beforeEach(() => {
  meetings += 1;
  job = jobOf({ meetingId: `meeting-${meetings}`, participantId: 'p1', channel: 'sms' });
});

afterAll(() => service.stop());

describe('a claim', () => {
  test('is given to one of many', async () => {
    const claims = await Promise.all([...'abcde'].map((claimId) => deliveries.claim(job, claimId, now)));

    expect(claims.sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'claimed']);
  });

  test('can be taken over when its lease has ended', async () => {
    await deliveries.claim(job, 'a', now);

    expect(await deliveries.claim(job, 'b', now)).toBe('busy');
    expect(await deliveries.claim(job, 'b', afterLease)).toBe('claimed');
    expect(await row()).toMatchObject({ state: 'claimed', attempts: 2 });
  });

  test('can be taken at once when it was given back, with the reason kept', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.release(job, { claimId: 'a', reason: 'Throttling', unsent: true }, now);

    expect(await row()).toMatchObject({ state: 'claimed', reason: 'Throttling' });
    expect(await deliveries.claim(job, 'b', now)).toBe('claimed');
  });

  test('is given back once, however often it is said, so that what follows may have arrived', async () => {
    const release = { claimId: 'a', reason: 'Throttling', unsent: true };
    await deliveries.claim(job, 'a', now);
    await deliveries.release(job, release, now);
    await deliveries.release(job, release, now);
    expect(await row()).toMatchObject({ attempts: 1, unsent: 1 });

    await deliveries.claim(job, 'b', now);
    await deliveries.release(job, release, now);

    expect(await row()).toMatchObject({ state: 'claimed', claimId: 'b', attempts: 2, unsent: 1 });
    expect(await deliveries.haveArrived(job.meetingId, ['DELIVERY#1#sms#p1'])).toBe(true);
    expect(await deliveries.claim(job, 'c', now)).toBe('busy');
  });

  test('is found again by whoever did not hear that they have it', async () => {
    await deliveries.claim(job, 'a', now);

    expect(await deliveries.claim(job, 'a', now)).toBe('claimed');
    expect(await row()).toMatchObject({ state: 'claimed', attempts: 1 });
  });

  test.each(['sent', 'failed', 'superseded'] as const)('is not given for what has been %s', async (state) => {
    await deliveries.claim(job, 'a', now);
    await deliveries.finish(job, { state, reason: 'x' } as never, now, 2_000_000_000);

    expect(await deliveries.claim(job, 'a', afterLease)).toBe('finished');
  });
});

describe('a message that must not leave twice', () => {
  test('counts as unclear when its sender fell silent', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.beginSending(job, 'a', now);

    expect(await deliveries.claim(job, 'b', now)).toBe('busy');
    expect(await deliveries.claim(job, 'b', afterLease)).toBe('unclear');
  });

  test('begins once, also where its sender did not hear that it has', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.beginSending(job, 'a', now);
    await deliveries.beginSending(job, 'a', now);

    expect(await row()).toMatchObject({ state: 'sending', claimId: 'a', attempts: 1 });
  });

  test('does not begin for whoever lost the claim to another', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.claim(job, 'b', afterLease);

    await expect(deliveries.beginSending(job, 'a', afterLease)).rejects.toThrow(
      expect.objectContaining({ name: 'ConditionalCheckFailedException' }),
    );
    expect(await row()).toMatchObject({ state: 'claimed', claimId: 'b', attempts: 2 });
  });

  test('is not given back unless it is known to be unsent', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.beginSending(job, 'a', now);

    await deliveries.release(job, { claimId: 'a', reason: 'TimeoutError', unsent: false }, now);
    expect(await row()).toMatchObject({ state: 'sending' });

    await deliveries.release(job, { claimId: 'a', reason: 'Throttled', unsent: true }, now);
    expect(await row()).toMatchObject({ state: 'claimed', leaseUntil: 0 });
  });

  test('does not begin where the claim is not held', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.finish(job, { state: 'sent' }, now, 2_000_000_000);

    await expect(deliveries.beginSending(job, 'a', now)).rejects.toThrow();
  });
});

test('what has ended stays as it was, and carries when it may be removed', async () => {
  await deliveries.claim(job, 'a', now);
  await deliveries.finish(job, { state: 'sent', messageId: 'm-1' }, now, 2_000_000_000);
  await deliveries.finish(job, { state: 'failed', reason: 'late' }, now, 2_000_000_000);

  expect(await row()).toMatchObject({ state: 'sent', messageId: 'm-1', attempts: 1 });
});

test('a push has a row for each device', async () => {
  for (const deviceId of ['phone', 'tablet']) {
    const { meetingId, participantId } = job;
    const reminder = { kind: 'reminder', meetingId, participantId, start: '2027-03-01T10:00:00.000Z' } as const;
    await deliveries.claim({ ...reminder, channel: 'push', device: { userId: 'u', deviceId } }, 'a', now);
  }

  expect((await deliveries.ofMeeting(job.meetingId)).map(({ sk }) => sk)).toEqual([
    'DELIVERY#R2027-03-01T10:00:00.000Z#push#p1#phone',
    'DELIVERY#R2027-03-01T10:00:00.000Z#push#p1#tablet',
  ]);
});
