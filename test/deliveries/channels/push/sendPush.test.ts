import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organizerParticipantId } from '../../../../functions/deliveries/delivery.ts';
import type { Job } from '../../../../functions/deliveries/job.ts';
import type { Meeting } from '../../../../functions/meetings/meeting.ts';
import type { Platform } from '../../../../functions/users/device.ts';
import { deviceStore } from '../../../../functions/users/deviceStore.ts';
import { startAws, type TestAws } from '../../../aws.ts';
import { startService, type TestService } from '../../../service.ts';
import { deliveryRows, handOver, keepMeeting } from '../../deliveries.ts';
import { keepUser } from '../../users.ts';

let aws: TestAws;
let service: TestService;
let deliver: Parameters<typeof handOver>[0];

const application = (platform: string) => `arn:aws:sns:eu-west-1:000000000000:app/${platform}/test`;
const pushes = ({ token }: { token: string }) => aws.phones.pushes.all().filter((push) => push.token === token);

beforeAll(async () => {
  aws = await startAws();
  service = await startService({
    pushApplications: { fcm: application('GCM'), apns: application('APNS') },
  });
  ({ handler: deliver } = await import('../../../../functions/handlers/queue/deliver.handler.ts'));
  await keepUser(service.table, { id: 'alice-id', username: 'alice' });
});

afterAll(async () => {
  await service.stop();
  await aws.stop();
});

let devices = 0;

/** Registers a device of alice's, with a token of its own. */
async function register(platform: Platform, userId = 'alice-id') {
  devices += 1;
  const token = `${'ab'.repeat(31)}${String(devices).padStart(2, '0')}`;
  const device = { deviceId: `device-${devices}`, userId, platform, token, registered: new Date() };
  await deviceStore(service.table).register(device);
  return device;
}

function reminderFor(
  meeting: Meeting,
  { deviceId, userId }: { deviceId: string; userId: string },
  kind: 'reminder' | 'waiting' = 'reminder',
): Job {
  return {
    meetingId: meeting.id,
    participantId: organizerParticipantId,
    channel: 'push',
    kind,
    start: meeting.validSince.toISOString(),
    device: { userId, deviceId },
  };
}

describe('a push that somebody waits', () => {
  test('has a type of its own beside its text, and lives until the meeting ends', async () => {
    const meeting = await keepMeeting(service.table);
    const device = await register('fcm');
    expect(await handOver(deliver, [reminderFor(meeting, device, 'waiting')])).toEqual([]);
    const [push] = pushes(device);

    expect(JSON.parse(push?.payload ?? '')).toEqual({
      notification: { title: 'Planning', body: 'Somebody is waiting to be let in' },
      data: { type: 'meeting-waiting', info: JSON.stringify({ id: meeting.id, name: 'Planning' }) },
    });
    const untilEnd = (meeting.validUntil.getTime() - Date.now()) / 1_000;
    const seconds = Number(push?.attributes['AWS.SNS.MOBILE.FCM.TTL']);
    expect([seconds >= Math.floor(untilEnd), seconds < untilEnd + 20], `${seconds} seconds`).toEqual([true, true]);
  });
});

describe('the reminder on a telephone', () => {
  test('is type and info for FCM, as data of text alone, beside a visible text', async () => {
    const meeting = await keepMeeting(service.table, { name: 'Plans “of” the week' });
    const device = await register('fcm');
    expect(await handOver(deliver, [reminderFor(meeting, device)])).toEqual([]);
    const [push] = pushes(device);
    const payload = JSON.parse(push?.payload ?? '');

    expect(push?.platform).toBe('GCM');
    expect(payload).toEqual({
      notification: { title: 'Plans “of” the week', body: 'Starts in 1 hour' },
      data: { type: 'meeting-reminder', info: JSON.stringify({ id: meeting.id, name: meeting.name }) },
    });
  });

  test('is type and info beside aps for APNs', async () => {
    const meeting = await keepMeeting(service.table);
    const device = await register('apns');
    await handOver(deliver, [reminderFor(meeting, device)]);
    const [push] = pushes(device);

    expect(push?.platform).toBe('APNS');
    expect(JSON.parse(push?.payload ?? '')).toEqual({
      aps: { alert: { title: 'Planning', body: 'Starts in 1 hour' }, sound: 'default' },
      type: 'meeting-reminder',
      info: { id: meeting.id, name: 'Planning' },
    });
  });

  test.each([
    ['fcm', 'AWS.SNS.MOBILE.FCM.TTL'],
    ['apns', 'AWS.SNS.MOBILE.APNS.TTL'],
  ] as const)('lives no longer than until the start (%s)', async (platform, attribute) => {
    const meeting = await keepMeeting(service.table);
    const device = await register(platform);
    await handOver(deliver, [reminderFor(meeting, device)]);
    const seconds = Number(pushes(device)[0]?.attributes[attribute]);
    const untilStart = (meeting.validSince.getTime() - Date.now()) / 1_000;

    expect(seconds).toBeGreaterThanOrEqual(Math.floor(untilStart));
    expect(seconds).toBeLessThan(untilStart + 20);
  });

  test('speaks its owner’s language', async () => {
    await keepUser(service.table, { id: 'nuria-id', username: 'nuria', language: 'ca' });
    const meeting = await keepMeeting(service.table, { language: 'es' });
    const [hers, alices] = [await register('fcm', 'nuria-id'), await register('fcm')];
    await handOver(deliver, [reminderFor(meeting, hers), reminderFor(meeting, alices)]);
    const bodyOf = (device: { token: string }) => JSON.parse(pushes(device)[0]?.payload ?? '').notification.body;

    expect(bodyOf(hers)).toBe('Comença d’aquí a 1 hora');
    expect(bodyOf(alices)).toBe('Empieza dentro de 1 hora');
  });

  test('comes once to each device', async () => {
    const meeting = await keepMeeting(service.table);
    const [phone, tablet] = [await register('fcm'), await register('apns')];
    const jobs = [reminderFor(meeting, phone), reminderFor(meeting, tablet)];
    await handOver(deliver, jobs);
    await handOver(deliver, jobs);

    expect([pushes(phone).length, pushes(tablet).length]).toEqual([1, 1]);
    expect((await deliveryRows(service.table, meeting.id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });
});

describe('SNS', () => {
  test('hears of a device at its first push, and once', async () => {
    const device = await register('fcm');
    const before = aws.calls('sns.CreatePlatformEndpoint');
    for (const meeting of [await keepMeeting(service.table), await keepMeeting(service.table)]) {
      await handOver(deliver, [reminderFor(meeting, device)]);
    }

    expect(aws.calls('sns.CreatePlatformEndpoint') - before).toBe(1);
    expect(pushes(device)).toHaveLength(2);
    const kept = await deviceStore(service.table).find('alice-id', device.deviceId);
    expect(kept?.endpointArn).toBe(pushes(device)[0]?.endpointArn);
  });

  test('that knows a device as unreachable fails the push for good, and the device is forgotten', async () => {
    const device = await register('fcm');
    await handOver(deliver, [reminderFor(await keepMeeting(service.table), device)]);
    aws.phones.disable(device.token);
    const meeting = await keepMeeting(service.table);

    expect(await handOver(deliver, [reminderFor(meeting, device)])).toEqual([]);
    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([
      { state: 'failed', reason: 'endpoint-disabled' },
    ]);
    expect(await deviceStore(service.table).find('alice-id', device.deviceId)).toBeUndefined();
    expect(await deviceStore(service.table).isRegistered(device.token)).toBe(false);
  });

  test('reaches a device again that was unreachable, once it is registered anew', async () => {
    const device = await register('fcm');
    await handOver(deliver, [reminderFor(await keepMeeting(service.table), device)]);
    aws.phones.disable(device.token);
    await handOver(deliver, [reminderFor(await keepMeeting(service.table), device)]);
    await deviceStore(service.table).register(device);
    await handOver(deliver, [reminderFor(await keepMeeting(service.table), device)]);

    expect(pushes(device)).toHaveLength(2);
  });

  test('that knows an endpoint no longer is told of the device again', async () => {
    const device = await register('fcm');
    await handOver(deliver, [reminderFor(await keepMeeting(service.table), device)]);
    aws.phones.endpoints.delete(pushes(device)[0]?.endpointArn ?? '');
    await handOver(deliver, [reminderFor(await keepMeeting(service.table), device)]);

    const [before, after] = pushes(device);
    expect(after?.endpointArn).not.toBe(before?.endpointArn);
    expect(await deviceStore(service.table).find('alice-id', device.deviceId)).toMatchObject({
      endpointArn: after?.endpointArn,
    });
  });
});

test('a push that the platform’s throttle refuses comes again', async () => {
  const meeting = await keepMeeting(service.table);
  const device = await register('fcm');
  aws.faults.order({ service: 'sns', action: 'Publish', kind: 'throttle' });

  expect(await handOver(deliver, [reminderFor(meeting, device)])).toEqual([]);
  aws.faults.clear();
  expect(await handOver(deliver, [reminderFor(meeting, device)], { receives: 2 })).toEqual([]);
  expect(pushes(device)).toHaveLength(1);
});

test('a platform without an application fails the push', async () => {
  const meeting = await keepMeeting(service.table);
  const device = await register('apns-sandbox');

  expect(await handOver(deliver, [reminderFor(meeting, device)])).toEqual([]);
  expect(await deliveryRows(service.table, meeting.id)).toMatchObject([
    { state: 'failed', reason: 'platform-not-configured' },
  ]);
});

test('a device that was taken over by another user gets nothing for the first', async () => {
  await keepUser(service.table, { id: 'bob-id', username: 'bob' });
  const meeting = await keepMeeting(service.table);
  const device = await register('fcm');
  await deviceStore(service.table).register({ ...device, userId: 'bob-id', deviceId: 'bobs' });

  expect(await handOver(deliver, [reminderFor(meeting, device)])).toEqual([]);
  expect(pushes(device)).toHaveLength(0);
  expect(await deliveryRows(service.table, meeting.id)).toMatchObject([{ state: 'superseded' }]);
});
