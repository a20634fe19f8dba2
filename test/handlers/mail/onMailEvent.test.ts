import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliveryKey } from '../../../functions/deliveries/delivery.ts';
import { type DeliveryStore, deliveryStore } from '../../../functions/deliveries/deliveryStore.ts';
import type { Job } from '../../../functions/deliveries/job.ts';
import type { MailEvent } from '../../../functions/deliveries/word/mailEvent.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { expiryOf } from '../../../functions/meetings/meetingStore.ts';
import { getRow } from '../../../functions/runtime/table.ts';
import { deliveryRows, jobOf, keepMeeting } from '../../deliveries/deliveries.ts';
import { mailEventOf } from '../../deliveries/word/mailEvents.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';

let service: TestService;
let log: LogLines;
let deliveries: DeliveryStore;
let handler: (event: unknown) => Promise<void>;
let meeting: Meeting;
let job: Job;

const now = new Date();

beforeAll(async () => {
  service = await startService();
  log = catchLog();
  deliveries = deliveryStore(service.table);
  ({ handler } = await import('../../../functions/handlers/mail/onMailEvent.handler.ts'));
});

beforeEach(async () => {
  log.clear();
  meeting = await keepMeeting(service.table, {
    participants: [participantOf({ id: 'bob', email: 'bob@example.org' })],
  });
  job = jobOf({ meetingId: meeting.id });
});

afterAll(async () => {
  log.stop();
  await service.stop();
});

/** As EventBridge hands it over: JSON. */
function told(changes: Partial<MailEvent> & Pick<MailEvent, 'type'>): Promise<void> {
  return handler(JSON.parse(JSON.stringify(mailEventOf({ meeting: meeting.id, ...changes }))));
}

const bounce = { type: 'Bounce', bounceType: 'Permanent', bounceSubtype: 'General', bounceStatus: '5.1.1' };
const row = async () => (await deliveryRows(service.table, meeting.id))[0];
const markKey = () => ({ pk: `MEETING#${meeting.id}`, sk: 'UNREACHABLE' });
const mark = () => getRow(service.table, markKey());
const left = () => log.of('Mail event left');

async function change(UpdateExpression: string): Promise<void> {
  const names = {
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':claimed': 'claimed' },
  };
  await service.table.documents.send(
    new UpdateCommand({ TableName: service.table.name, Key: deliveryKey(job), UpdateExpression, ...names }),
  );
}

async function send(): Promise<void> {
  await deliveries.claim(job, 'a', now);
  await deliveries.finish(job, { state: 'sent', messageId: 'x' }, now, 9e9);
}

describe('what SES says of a mail', () => {
  test('is kept beside the delivery, and changes nothing else of it', async () => {
    await send();
    const before = await row();
    await told({ type: 'Delivery' });

    expect(await row()).toEqual({
      ...before,
      word: { name: 'delivered', at: '2027-03-01T08:00:02.000Z' },
      wordWeight: '3 2027-03-01T08:00:02.000Z  ',
    });
    expect(await mark()).toBeUndefined();
    expect(log.all()).toEqual([
      expect.objectContaining({
        level: 'info',
        message: 'Mail event kept',
        meetingId: meeting.id,
        participantId: 'bob',
        occasion: '1',
        name: 'delivered',
      }),
    ]);
  });

  test('is no matter where it comes twice or out of order', async () => {
    await send();
    await told(bounce);
    const once = await row();
    await told({ type: 'Delivery', time: new Date('2027-03-02T08:00:00Z') });
    expect(await row()).toEqual(once);
    await told(bounce);

    expect(await row()).toEqual(once);
    expect(once).toMatchObject({ state: 'sent', word: { name: 'bounced', bounce: 'permanent', status: '5.1.1' } });
  });

  test('marks as sent what was only claimed, so that no second copy leaves', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.release(job, { claimId: 'a', reason: 'TimeoutError', unsent: false }, now);
    await told({ type: 'Delivery' });

    expect(await row()).toMatchObject({ state: 'sent', expiresAt: expiryOf(meeting, 30) });
    expect(await row()).not.toHaveProperty('reason');
    expect(await deliveries.claim(job, 'b', now)).toBe('finished');
  });

  test('marks it as sent also where it died between the two', async () => {
    await deliveries.claim(job, 'a', now);
    await told({ type: 'Delivery' });
    await change('SET #state = :claimed');
    await told({ type: 'Delivery' });

    expect(await row()).toMatchObject({ state: 'sent', word: { name: 'delivered' } });
  });

  test('is no matter to the worker that marks its mail afterwards', async () => {
    await deliveries.claim(job, 'a', now);
    await told({ type: 'Delivery' });
    const before = await row();
    await deliveries.finish(job, { state: 'sent', messageId: 'x' }, now, 9e9);

    expect(await row()).toEqual(before);
  });

  test('leaves a delivery that failed as failed', async () => {
    await deliveries.claim(job, 'a', now);
    await deliveries.finish(job, { state: 'failed', reason: 'TimeoutError', unclear: true }, now, 9e9);
    await told({ type: 'Delivery' });

    expect(await row()).toMatchObject({ state: 'failed', reason: 'TimeoutError', word: { name: 'delivered' } });
  });

  test.each<[string, Partial<MailEvent> & Pick<MailEvent, 'type'>]>([
    ['unknown-type', { type: 'Open' }],
    ['unknown-mail', { type: 'Delivery', occasion: 'newsletter' }],
    ['no-meeting', { type: 'Delivery', meeting: 'gone' }],
    ['no-delivery', { type: 'Delivery', participant: 'nobody' }],
  ])('is left, and logged, where it is of no use: %s', async (reason, event) => {
    await send();
    const before = await row();
    await told(event);

    expect(await row()).toEqual(before);
    expect(left()).toEqual([expect.objectContaining({ level: 'warn', type: event.type, reason })]);
  });

  test('is refused where the rule would hand on something else', async () => {
    await expect(handler({ type: 'Delivery' })).rejects.toThrow();
  });
});

describe('that somebody cannot be reached', () => {
  test('is noted once for the meeting, as long as its deliveries are kept', async () => {
    await send();
    await told(bounce);
    const first = await mark();
    await told(bounce);

    expect(first).toMatchObject({ expiresAt: expiryOf(meeting, 30) });
    expect(await mark()).toEqual(first);
  });

  test('is noted where the word was kept before and the function died', async () => {
    await send();
    await told({ ...bounce, bounceSubtype: 'Suppressed' });
    await service.table.documents.send(new DeleteCommand({ TableName: service.table.name, Key: markKey() }));
    await told(bounce);

    expect(await mark()).toBeDefined();
  });

  test.each<[string, () => Promise<void>]>([
    [
      'to the organizer themselves',
      async () => {
        job = { ...jobOf({ meetingId: meeting.id }), participantId: 'organizer' };
        await send();
        await told({ ...bounce, participant: 'organizer' });
      },
    ],
    [
      'to one who was taken off',
      async () => {
        job = jobOf({ meetingId: meeting.id, participantId: 'gone' });
        await send();
        await told({ ...bounce, participant: 'gone' });
      },
    ],
    [
      'of a meeting that is over',
      async () => {
        meeting = await keepMeeting(service.table, { ...meeting, status: 'cancelled' });
        job = jobOf({ meetingId: meeting.id });
        await send();
        await told(bounce);
      },
    ],
  ])('is not noted of a letter %s', async (_, happen) => {
    await happen();
    expect(await row()).toMatchObject({ word: { name: 'bounced' } });
    expect(await mark()).toBeUndefined();
  });
});
