import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '../../../functions/deliveries/job.ts';
import type { Inbox } from '../../../infra/local/inbox/inbox.ts';
import type { Schedule } from '../../../infra/local/schedules/schedule.ts';
import { meetingOf, participantOf } from '../../meetings/meetings.ts';
import { type InboxService, startInboxService } from './inboxService.ts';
import { calendarOf, mailOf } from './mails.ts';

let service: InboxService;

const ana = participantOf({ id: 'ana', name: 'Ana', email: 'ana@example.org' });
const phone = participantOf({ id: 'phone', phone: '+34600000009' });
const bob = participantOf({ id: 'bob', userId: 'bob-id' });
const far = { validSince: new Date('2099-03-01T10:00:00Z'), validUntil: new Date('2099-03-01T11:00:00Z') };
const meeting = meetingOf({ id: 'planning', ...far, participants: [ana, phone, bob] });
const later = meetingOf({ id: 'review', name: 'Review', ...far, created: new Date('2027-02-02T10:00:00Z') });
const invitation: Job = {
  kind: 'invitation',
  meetingId: meeting.id,
  participantId: 'ana',
  channel: 'email',
  sequence: 1,
  reached: false,
};
const reminder: Job = {
  kind: 'reminder',
  meetingId: meeting.id,
  participantId: 'bob',
  channel: 'push',
  start: '2099-03-01T10:00:00.000Z',
  device: { userId: 'bob-id', deviceId: 'phone' },
};

beforeAll(async () => {
  service = await startInboxService();
  await Promise.all([service.keepMeeting(meeting), service.keepMeeting(later)]);
  await service.keepUser('alice-id', 'alice');
  await service.keepUser('bob-id', 'bob');
  await service.keepDelivery(invitation, { state: 'failed', reason: 'No such mailbox', attempts: 3 });
  await service.keepDelivery(reminder, { state: 'sent', messageId: 'push-1' });
});

afterAll(() => service.stop());

async function state(): Promise<Inbox> {
  const { status, body } = await service.get('state');
  expect(status).toBe(200);
  return JSON.parse(String(body));
}

describe('the meetings', () => {
  test('are listed with their organizer and link, the newest first', async () => {
    const { meetings } = await state();

    expect(meetings.total).toBe(2);
    expect(meetings.items.map(({ name }) => name)).toEqual(['Review', 'Planning']);
    expect(meetings.items[1]).toMatchObject({
      organizer: 'alice',
      url: 'https://meet.example.org/m/planning.key0000000000000',
      validSince: '2099-03-01T10:00:00.000Z',
    });
  });

  test('say of each person what became of what they were sent, and what they are owed', async () => {
    const { meetings } = await state();
    const people = meetings.items[1]?.people.map(({ name, standing, deliveries }) => ({
      name,
      standing,
      deliveries: deliveries.map(({ channel, state: outcome, reason, attempts }) => [
        channel,
        outcome,
        reason,
        attempts,
      ]),
    }));

    expect(people).toEqual([
      { name: 'alice', standing: 'organizer', deliveries: [] },
      { name: 'Ana', standing: 'participant', deliveries: [['email', 'failed', 'No such mailbox', 3]] },
      { name: '+34600000009', standing: 'participant', deliveries: [['sms', 'pending', undefined, 0]] },
      { name: 'bob', standing: 'participant', deliveries: [['push', 'sent', undefined, 1]] },
    ]);
  });

  test('have their deliveries in a list, what is owed before what was done', async () => {
    const { deliveries } = await state();

    expect(deliveries.items.map(({ person, kind, state: outcome }) => [person, kind, outcome])).toEqual([
      ['+34600000009', 'invitation', 'pending'],
      ...[
        ['Ana', 'invitation', 'failed'],
        ['bob', 'reminder', 'sent'],
      ].sort(),
    ]);
  });
});

describe('what people got', () => {
  test('is the mail with its beginning, its calendar and its meeting', async () => {
    service.mailbox.keep(
      mailOf({
        id: 'mail-1',
        subject: 'Hello',
        html: '<p>Hello</p>',
        calendar: calendarOf('Planning'),
        meetingId: 'planning',
      }),
    );

    expect((await state()).mails.items).toEqual([
      {
        id: 'mail-1',
        at: '2027-02-01T10:00:00.000Z',
        from: 'alice (Meetings) <meetings@example.org>',
        to: 'Ana <ana@example.org>',
        subject: 'Hello',
        beginning: 'Hello Ana, see you — soon.',
        method: 'REQUEST',
        meetingId: 'planning',
      },
    ]);
  });

  test('is the SMS, counted as its alphabet counts', async () => {
    const sms = { messageId: 's', sentBy: 'Deliver', sentAt: '2027-02-01T10:00:00.000Z', attributes: {} };
    service.phones.sms.keep({ ...sms, messageId: 'latin', phoneNumber: '+34600000009', message: 'a'.repeat(160) });
    service.phones.sms.keep({ ...sms, messageId: 'greek', phoneNumber: '+34600000009', message: 'ж'.repeat(71) });

    const counted = (await state()).sms.items.map(({ id, alphabet, units, parts }) => [id, alphabet, units, parts]);
    expect(counted.sort()).toEqual([
      ['greek', 'UCS-2', 71, 2],
      ['latin', 'GSM-7', 160, 1],
    ]);
  });

  test('is the push as a phone shows it, whatever its platform', async () => {
    const sent = {
      sentBy: 'Deliver',
      sentAt: '2027-02-01T10:00:00.000Z',
      attributes: {},
      endpointArn: 'arn',
      token: 't',
    };
    const alert = { title: 'Planning', body: 'Starts soon' };
    const keep = (messageId: string, platform: string, payload: object) =>
      service.phones.pushes.keep({ ...sent, messageId, platform, payload: JSON.stringify(payload) });
    keep('push-1', 'GCM', { notification: alert, data: {} });
    keep('push-2', 'APNS', { aps: { alert }, type: 'meeting-reminder' });
    keep('push-3', 'GCM', { data: { silent: 'yes' } });

    const shown = (await state()).pushes.items.map(({ id, title, body, meetingId }) => [id, title, body, meetingId]);
    expect(shown.sort()).toEqual([
      ['push-1', 'Planning', 'Starts soon', 'planning'],
      ['push-2', 'Planning', 'Starts soon', undefined],
      ['push-3', '', '', undefined],
    ]);
  });
});

describe('what the service does', () => {
  test('is scheduled, the next first, each with its meeting', async () => {
    const schedule: Omit<Schedule, 'Name' | 'arn' | 'dueAt'> = {
      ...{ GroupName: 'g', ScheduleExpressionTimezone: 'UTC', createdAt: 0, changedAt: 0 },
      Target: { Arn: 'arn:aws:lambda:eu-west-1:000000000000:function:OnReminderDue', RoleArn: 'role', Input: '{}' },
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'at(2099-03-01T09:50:00)',
      ActionAfterCompletion: 'DELETE',
      State: 'ENABLED',
    };
    service.schedules.push(
      { ...schedule, Name: 'other', arn: 'arn:other', dueAt: Date.UTC(2099, 3, 1) },
      { ...schedule, Name: 'planning', arn: 'arn:planning', dueAt: Date.UTC(2099, 2, 1) },
    );

    expect((await state()).schedules.items).toMatchObject([
      { id: 'arn:planning', dueAt: '2099-03-01T00:00:00.000Z', target: 'OnReminderDue', meetingId: 'planning' },
      { id: 'arn:other', target: 'OnReminderDue' },
    ]);
  });

  test('is counted by function and action, and what was denied stands apart', async () => {
    for (const action of ['GetItem', 'Query', 'Query']) service.calls.add('Deliver', 'dynamodb', action);
    service.denied.push({ role: 'DeliverRole', action: 'sns:Publish', resource: '*' });

    const { functions, denied } = await state();
    expect(functions.items).toEqual([
      {
        name: 'Deliver',
        total: 3,
        calls: [
          { service: 'dynamodb', action: 'Query', count: 2 },
          { service: 'dynamodb', action: 'GetItem', count: 1 },
        ],
      },
    ]);
    expect(denied.items).toMatchObject([{ role: 'DeliverRole', action: 'sns:Publish', resource: '*' }]);
  });

  test('is logged, the newest first; a bare line stays with the one before it', async () => {
    const line = (level: string, message: string, time: string) =>
      JSON.stringify({ level, message, time, channel: 'email' });
    service.log('Deliver', line('info', 'Delivery ended', '2027-02-01T10:00:01.000Z'));
    service.log('Deliver', 'a bare line');
    service.log('CreateMeeting', line('error', 'Request failed', '2027-02-01T10:00:02.000Z'));
    service.log('CreateMeeting', line('warn', 'Too large', '2027-02-01T10:00:00.000Z'));

    const { items } = (await state()).logs;
    expect(items.map(({ level, message, brief, functionName }) => [level, message, brief, functionName])).toEqual([
      ['error', 'Request failed', 'email', 'CreateMeeting'],
      ['info', 'Delivery ended', 'email', 'Deliver'],
      ['info', 'a bare line', '', 'Deliver'],
      ['warn', 'Too large', 'email', 'CreateMeeting'],
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(4);
  });
});

test('a state that is known already is not sent again', async () => {
  const { headers } = await service.get('state');
  const tag = String(headers.etag);

  expect(await service.get('state', { 'if-none-match': tag })).toMatchObject({ status: 304, body: '' });
  service.calls.add('Deliver', 'sqs', 'SendMessage');
  expect(await service.get('state', { 'if-none-match': tag })).toMatchObject({ status: 200 });
});
