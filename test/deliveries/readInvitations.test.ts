import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryStore } from '../../functions/deliveries/deliveryStore.ts';
import type { Job } from '../../functions/deliveries/job.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { participantOf } from '../meetings/meetings.ts';
import { alice, bob, type Call, type Claims, call, root, startService, type TestService } from '../service.ts';
import { jobOf, keepMeeting, waitingJobOf } from './deliveries.ts';
import { keepUser } from './users.ts';

let service: TestService;
let invitations: (meeting: Pick<Meeting, 'id'>, options?: Call) => ReturnType<typeof call>;
let calendar: (meeting: Pick<Meeting, 'id'>, options?: Call) => ReturnType<typeof call>;

beforeAll(async () => {
  service = await startService();
  const { handler: read } = await import('../../functions/handlers/http/meetings/readInvitations.handler.ts');
  const { handler: ics } = await import('../../functions/handlers/http/meetings/readCalendar.handler.ts');
  invitations = ({ id }, options) => call(read as never, { claims: alice, path: { id }, ...options });
  calendar = ({ id }, options) => call(ics as never, { claims: alice, path: { id }, ...options });
  await keepUser(service.table, { id: 'alice-id', username: 'alice', email: 'alice@example.org' });
});

afterAll(() => service.stop());

const ana = participantOf({ id: 'ana', email: 'ana@example.org', name: 'Ana' });
const both = participantOf({ id: 'both', email: 'both@example.org', phone: '+34600000009' });

const now = new Date();
const store = () => deliveryStore(service.table);

async function sent(job: Job): Promise<void> {
  await store().claim(job, 'a', now);
  await store().finish(job, { state: 'sent', messageId: 'x' }, now, 9e9);
}

describe('the invitations of a meeting', () => {
  test('are pending where nothing was begun', async () => {
    const meeting = await keepMeeting(service.table, { participants: [ana, both] });
    const { status, body } = await invitations(meeting);
    const pending = { kind: 'invitation', sequence: 1, state: 'pending', attempts: 0 };

    expect(status).toBe(200);
    expect(body).toEqual({
      revision: 1,
      sequence: 1,
      participants: [
        { id: 'ana', name: 'Ana', email: 'ana@example.org', deliveries: [{ ...pending, channel: 'email' }] },
        {
          id: 'both',
          email: 'both@example.org',
          phone: '+34600000009',
          deliveries: [
            { ...pending, channel: 'email' },
            { ...pending, channel: 'sms' },
          ],
        },
      ],
      removed: [],
      organizer: { userId: 'alice-id', deliveries: [] },
    });
  });

  test('say what became of each: being sent, put off, sent, failed and why, given up', async () => {
    const people = ['claimed', 'later', 'sent', 'failed', 'superseded'].map((id) =>
      participantOf({ id, email: `${id}@example.org` }),
    );
    const meeting = await keepMeeting(service.table, { participants: people, sendInvitations: false });
    const job = (participantId: string) => jobOf({ meetingId: meeting.id, participantId });
    for (const { id } of people) await store().claim(job(id), 'a', now);
    await store().release(job('later'), { claimId: 'a', reason: 'Throttling', unsent: true }, now);
    await store().finish(job('sent'), { state: 'sent', messageId: 'x' }, now, 9e9);
    await store().finish(job('failed'), { state: 'failed', reason: 'MessageRejected' }, now, 9e9);
    await store().finish(job('superseded'), { state: 'superseded' }, now, 9e9);
    const { body } = await invitations(meeting);
    const common = { kind: 'invitation', channel: 'email', sequence: 1, attempts: 1, updated: now.toISOString() };

    expect(body.participants.map(({ deliveries }: { deliveries: object[] }) => deliveries)).toEqual([
      [{ ...common, state: 'sending' }],
      [{ ...common, state: 'sending', reason: 'Throttling' }],
      [{ ...common, state: 'sent' }],
      [{ ...common, state: 'failed', reason: 'MessageRejected' }],
      [{ ...common, state: 'superseded' }],
    ]);
  });

  test('tell of each person and channel the last, and of whoever was taken off', async () => {
    const gone = participantOf({ id: 'gone', email: 'gone@example.org', told: 3, takenOff: now });
    const participants = [{ ...ana, told: 12 }];
    const meeting = await keepMeeting(service.table, { revision: 12, sequence: 12, participants, removed: [gone] });
    for (const sequence of [1, 9, 10]) await sent(jobOf({ meetingId: meeting.id, participantId: 'ana', sequence }));
    await sent(jobOf({ meetingId: meeting.id, participantId: 'gone' }));
    const before = await invitations(meeting);
    await sent(jobOf({ meetingId: meeting.id, participantId: 'ana', sequence: 12 }));
    const after = await invitations(meeting);

    expect(before.body.participants[0].deliveries).toMatchObject([{ sequence: 12, state: 'pending' }]);
    expect(after.body.participants[0].deliveries).toMatchObject([{ sequence: 12, state: 'sent' }]);
    expect(after.body.removed).toMatchObject([{ id: 'gone', deliveries: [{ sequence: 1, state: 'sent' }] }]);
  });

  test('are pending again where they were given up while the meeting was silent', async () => {
    const meeting = await keepMeeting(service.table, { participants: [ana] });
    await store().claim(jobOf({ meetingId: meeting.id, participantId: 'ana' }), 'a', now);
    await store().finish(jobOf({ meetingId: meeting.id, participantId: 'ana' }), { state: 'superseded' }, now, 9e9);

    expect((await invitations(meeting)).body.participants[0].deliveries).toMatchObject([{ state: 'pending' }]);
  });

  test('hold the reminders, of the organizer too, by device', async () => {
    const meeting = await keepMeeting(service.table, { participants: [ana] });
    const starts = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
    const devices = ['phone', 'tablet'];
    for (const start of starts) {
      for (const deviceId of devices) {
        const device = { userId: 'alice-id', deviceId };
        await sent({
          meetingId: meeting.id,
          participantId: 'organizer',
          channel: 'push',
          kind: 'reminder',
          start,
          device,
        });
      }
    }

    expect((await invitations(meeting)).body.organizer.deliveries).toMatchObject(
      devices.map((device) => ({ kind: 'reminder', channel: 'push', device, validSince: starts[1] })),
    );
  });

  test('hold that the organizer was told of somebody who waits', async () => {
    const meeting = await keepMeeting(service.table, { participants: [ana] });
    await sent(waitingJobOf(meeting));

    expect((await invitations(meeting)).body.organizer.deliveries).toMatchObject([
      { kind: 'waiting', channel: 'email', validSince: meeting.validSince.toISOString(), state: 'sent' },
    ]);
  });

  test('of 2,000 participants are answered whole', async () => {
    const participants = Array.from({ length: 2_000 }, (_, index) =>
      participantOf({ id: `p${index}`, email: `participant-${index}@example.org` }),
    );
    const { status, body } = await invitations(await keepMeeting(service.table, { participants }));

    expect(status).toBe(200);
    expect(body.participants.every(({ deliveries }: { deliveries: object[] }) => deliveries.length === 1)).toBe(true);
    expect(JSON.stringify(body).length).toBeLessThan(1_000_000);
  });
});

describe('who may see the invitations', () => {
  const cases: [who: string, claims: Claims, status: number, code: string | undefined][] = [
    ['an admin', root, 200, undefined],
    ['a participant', { ...bob, 'cognito:groups': '[meetings]' }, 403, 'not-organizer'],
    ['a stranger', { sub: 'stranger', 'cognito:groups': '[meetings]' }, 404, 'meeting-not-found'],
  ];

  test.each(cases)('%s', async (_, claims, status, code) => {
    const guest = participantOf({ id: 'bob', email: 'bob@example.org' });
    const answer = await invitations(await keepMeeting(service.table, { participants: [guest] }), { claims });

    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(code);
  });
});

describe('the calendar file', () => {
  const guest = participantOf({ id: 'bob', email: 'bob@example.org' });

  test.each<[who: string, claims: Claims]>([
    ['its organizer', alice],
    ['a participant', bob],
    ['an admin', root],
  ])('is given to %s, and names nobody who was invited', async (_, claims) => {
    const meeting = await keepMeeting(service.table, {
      participants: [guest, ana],
      revision: 3,
      sequence: 2,
      name: 'Plans; 会议',
    });
    const { status, headers, body } = await calendar(meeting, { claims });
    const file = new ICAL.Component(ICAL.parse(body));
    const event = file.getFirstSubcomponent('vevent');

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="meeting.ics"',
      etag: '"3"',
    });
    expect(file.getFirstPropertyValue('method')).toBeNull();
    expect(event?.getFirstPropertyValue('summary')).toBe('Plans; 会议');
    expect(event?.getFirstPropertyValue('sequence')).toBe(2);
    expect(event?.getFirstPropertyValue('uid')).toBe(`${meeting.id}@meet.example.org`);
    expect(body).not.toContain('mailto:');
    expect(event?.getAllProperties().map(({ name }) => name)).toEqual([
      'uid',
      'summary',
      'dtstamp',
      'dtstart',
      'dtend',
      'sequence',
      'status',
      'description',
      'location',
      'url',
    ]);
    expect(event?.getAllProperties('attendee')).toEqual([]);
  });

  test('of a cancelled meeting says so', async () => {
    const { body } = await calendar(await keepMeeting(service.table, { status: 'cancelled' }));

    expect(new ICAL.Component(ICAL.parse(body)).getFirstSubcomponent('vevent')?.getFirstPropertyValue('status')).toBe(
      'CANCELLED',
    );
  });

  test('does not exist for a stranger', async () => {
    const answer = await calendar(await keepMeeting(service.table), { claims: { sub: 'stranger' } });

    expect(answer).toMatchObject({ status: 404, body: { code: 'meeting-not-found' } });
  });
});
