import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getRow } from '../../functions/runtime/table.ts';
import { startAws, type TestAws } from '../aws.ts';
import { participantOf } from '../meetings/meetings.ts';
import { alice, type Claims, call, root, startService, type TestService } from '../service.ts';
import { deliveryRows, handOver, jobOf, keepMeeting, reminderJobOf } from './deliveries.ts';
import { keepUser } from './users.ts';

let aws: TestAws;
let service: TestService;
let doors: Record<'create' | 'patch' | 'again' | 'cancel', never>;
let deliver: Parameters<typeof handOver>[0];
let organizers = 0;
let organizer: Claims;

const day = 86_400_000;

beforeAll(async () => {
  aws = await startAws();
  // The numbers are those of the people who are invited; the organizer's own letter is counted in `organizerLetters.test.ts`.
  service = await startService({ mailsPerDay: 5, smsPerDay: 3, smsCountries: ['ES', 'PT'], organizerMail: false });
  const [create, patch, again, cancel, worker] = await Promise.all([
    import('../../functions/handlers/http/meetings/createMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/inviteAgain.handler.ts'),
    import('../../functions/handlers/http/meetings/cancelMeeting.handler.ts'),
    import('../../functions/handlers/queue/deliver.handler.ts'),
  ]);
  doors = {
    create: create.handler as never,
    patch: patch.handler as never,
    again: again.handler as never,
    cancel: cancel.handler as never,
  };
  deliver = worker.handler;
});

beforeEach(() => {
  organizers += 1;
  organizer = {
    ...alice,
    sub: `organizer-${organizers}`,
    email: `organizer-${organizers}@example.org`,
    phone_number: '',
  };
});

afterAll(async () => {
  await service.stop();
  await aws.stop();
});

const mails = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => ({ email: `guest-${first + index}@example.org` }));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => ({ phone: `+3460000000${index}` }));

function post(participants: object[], more: object = {}, headers: Record<string, string> = {}) {
  const validSince = new Date(Date.now() + 3_600_000).toISOString();
  return call(doors.create, {
    claims: organizer,
    headers,
    body: { name: 'Planning', participants, validSince, ...more },
  });
}

async function counted(what: 'mail' | 'sms', who = organizer.sub): Promise<number> {
  const key = `LIMIT#${what}#${who}#${Math.floor(Date.now() / day)}`;
  return Number((await getRow(service.table, { pk: key, sk: key }))?.count ?? 0);
}

describe('the mails of an organizer’s day', () => {
  test('are counted as they are asked for, and end where the setting says', async () => {
    expect((await post(mails(3))).status).toBe(201);
    const refused = await post(mails(3));

    expect(refused).toMatchObject({
      status: 429,
      body: {
        code: 'mails-per-day',
        title: 'Too many mails for a day',
        detail: 'This would send 3 mails; the meetings of one organizer may cause 5 in a day (UTC).',
        requested: 3,
        allowed: 5,
      },
    });
    const untilMidnight = (day - (Date.now() % day)) / 1_000;
    const seconds = Number(refused.headers['retry-after']);
    expect(Math.abs(seconds - untilMidnight)).toBeLessThan(5);
    expect(await counted('mail')).toBe(3);
    expect((await post(mails(2))).status).toBe(201);
    expect((await post(mails(1))).status).toBe(429);
  });

  test('lose nothing and count nothing of a call that is refused', async () => {
    await post(mails(4));
    const key = { 'Idempotency-Key': 'refused' };
    expect((await post(mails(2), { name: 'Refused' }, key)).status).toBe(429);

    expect(await counted('mail')).toBe(4);
    expect((await post(mails(1), {}, { 'Idempotency-Key': 'refused-before' })).status).toBe(201);
    // The key of a refused call was not used up.
    expect((await post([], {}, key)).status).toBe(201);
  });

  test('count a call that is repeated once', async () => {
    const same = { validSince: new Date(Date.now() + 3_600_000).toISOString() };
    const answers = await Promise.all([1, 2, 3].map(() => post(mails(2), same, { 'Idempotency-Key': 'same' })));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await counted('mail')).toBe(2);
  });

  test('end exactly there for calls that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => post(mails(1))));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
    expect(await counted('mail')).toBe(5);
  });

  test('are refused without a time to come again where one call asks for more than a day allows', async () => {
    const refused = await post(mails(6));

    expect(refused).toMatchObject({ status: 429, body: { code: 'mails-per-day' } });
    expect(refused.headers['retry-after']).toBeUndefined();
    expect((await post(mails(5))).status).toBe(201);
  });

  test('are the organizer’s, whoever calls', async () => {
    await post(mails(4));
    const answer = await call(doors.create, {
      claims: root,
      body: {
        name: 'For them',
        organizerId: organizer.sub,
        participants: mails(2),
        validSince: new Date(Date.now() + 3_600_000).toISOString(),
      },
    });

    expect(answer).toMatchObject({ status: 429, body: { code: 'mails-per-day' } });
  });

  test('are not counted where nobody is invited', async () => {
    expect((await post(mails(20), { sendInvitations: false })).status).toBe(201);
    expect(await counted('mail')).toBe(0);
  });

  test('count those who are reached alone: not the organizer, and a user by what they verified', async () => {
    await keepUser(service.table, { id: 'with-mail', username: 'with-mail', email: 'with-mail@example.org' });
    await keepUser(service.table, { id: 'without', username: 'without' });
    await post([{ email: organizer.email }, { userId: 'with-mail' }, { userId: 'without' }]);

    expect([await counted('mail'), await counted('sms')]).toEqual([1, 0]);
  });
});

describe('a change', () => {
  test('counts whom it concerns', async () => {
    const { body: meeting } = await post(mails(2));
    const patch = (body: object) => call(doors.patch, { claims: organizer, path: { id: meeting.id }, body });

    expect((await patch({ description: 'told to nobody' })).status).toBe(200);
    expect(await counted('mail')).toBe(2);
    expect((await patch({ participants: mails(3) })).status).toBe(200);
    expect(await counted('mail')).toBe(3);
    expect(await patch({ name: 'Another' })).toMatchObject({ status: 429, body: { code: 'mails-per-day' } });
    expect((await patch({ participants: mails(2) })).status).toBe(200);
    expect((await patch({ name: 'Another' })).status).toBe(200);
    expect(await counted('mail')).toBe(5);
  });

  test('that makes a silent meeting speak counts everybody', async () => {
    const { body: meeting } = await post(mails(4), { sendInvitations: false });
    const patch = (body: object) => call(doors.patch, { claims: organizer, path: { id: meeting.id }, body });
    await post(mails(2, 10));

    expect(await patch({ sendInvitations: true })).toMatchObject({ status: 429, body: { code: 'mails-per-day' } });
    expect((await patch({ participants: mails(3) })).status).toBe(200);
    expect((await patch({ sendInvitations: true })).status).toBe(200);
    expect(await counted('mail')).toBe(5);
  });

  test('that invites all again counts all', async () => {
    const { body: meeting } = await post(mails(3));

    expect(await call(doors.again, { claims: organizer, path: { id: meeting.id } })).toMatchObject({
      status: 429,
      body: { code: 'mails-per-day' },
    });
    expect(await counted('mail')).toBe(3);
  });

  test('that cancels is never refused', async () => {
    const { body: meeting } = await post(mails(5));

    expect((await call(doors.cancel, { claims: organizer, path: { id: meeting.id } })).status).toBe(204);
    expect(await counted('mail')).toBe(5);
  });
});

describe('the SMS of an organizer’s day', () => {
  test('are counted by themselves', async () => {
    expect((await post(numbers(2))).status).toBe(201);
    const refused = await post([...numbers(2), ...mails(1)]);

    expect(refused).toMatchObject({
      status: 429,
      body: {
        code: 'sms-per-day',
        title: 'Too many SMS for a day',
        detail: 'This would send 2 SMS; the meetings of one organizer may cause 3 in a day (UTC).',
        requested: 2,
        allowed: 3,
      },
    });
    expect([await counted('mail'), await counted('sms')]).toEqual([0, 2]);
  });

  test('go to the countries of the setting alone; another number is named with the rule', async () => {
    const { status, body } = await post([
      { phone: '+351912345678' },
      { phone: '+18765550123' },
      { phone: '+447400123456' },
    ]);

    expect(status).toBe(400);
    expect(body.errors).toEqual(
      [1, 2].map((index) => ({
        path: `/participants/${index}/phone`,
        message: 'must be a number of a country that this service sends SMS to: ES, PT',
      })),
    );
  });

  test('do not matter to a meeting that invites nobody, until it does', async () => {
    const { status, body: meeting } = await post([{ phone: '+18765550123' }], { sendInvitations: false });
    const answer = await call(doors.patch, {
      claims: organizer,
      path: { id: meeting.id },
      body: { sendInvitations: true },
    });

    expect(status).toBe(201);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: '/participants/0/phone',
            message: 'must be a number of a country that this service sends SMS to: ES, PT',
          },
        ],
      },
    });
  });

  test('are checked in a change', async () => {
    const { body: meeting } = await post(numbers(1));
    const answer = await call(doors.patch, {
      claims: organizer,
      path: { id: meeting.id },
      body: { participants: [{ phone: '+18765550123' }] },
    });

    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: '/participants/0/phone',
            message: 'must be a number of a country that this service sends SMS to: ES, PT',
          },
        ],
      },
    });
  });
});

describe('at the moment of sending', () => {
  test('no SMS leaves for another country, whatever was written before', async () => {
    const jamaican = participantOf({ id: 'bob', phone: '+18765550123' });
    const meeting = await keepMeeting(service.table, { participants: [jamaican] });
    await handOver(deliver, [jobOf({ meetingId: meeting.id, channel: 'sms' })]);

    expect(aws.phones.sms.all()).toEqual([]);
    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([
      { state: 'failed', reason: 'country-not-allowed' },
    ]);
  });

  test.each([
    ['+34912345678', 'landline'],
    ['+34807000000', 'number-without-sms'],
    ['+34999999999', 'no-such-number'],
  ])('no SMS leaves for %s, and the delivery says why: %s', async (phone, reason) => {
    const meeting = await keepMeeting(service.table, { participants: [participantOf({ id: 'bob', phone })] });
    await handOver(deliver, [jobOf({ meetingId: meeting.id, channel: 'sms' })]);

    expect(aws.phones.sms.all()).toEqual([]);
    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([{ state: 'failed', reason }]);
  });

  test('reminders are counted, each once, and the day’s limit ends them', async () => {
    const people = Array.from({ length: 7 }, (_, index) =>
      participantOf({ id: `p${index}`, email: `p${index}@example.org` }),
    );
    const meeting = await keepMeeting(service.table, { organizerId: organizer.sub ?? '', participants: people });
    const jobs = people.map(({ id }) => reminderJobOf(meeting, id));
    aws.faults.order({ service: 'ses', kind: 'error500', count: 3 });
    const [first] = jobs;

    expect(await handOver(deliver, first ? [first] : [])).toEqual([0]);
    expect(await counted('mail')).toBe(1);
    expect(await handOver(deliver, jobs, { receives: 2 })).toEqual([]);
    expect(await handOver(deliver, jobs, { receives: 3 })).toEqual([]);

    expect(await counted('mail')).toBe(5);
    expect(aws.mailbox.envelopes().filter(({ tags }) => tags.meeting === meeting.id)).toHaveLength(5);
    const rows = await deliveryRows(service.table, meeting.id);
    expect(rows.filter(({ reason }) => reason === 'mails-per-day')).toHaveLength(2);
  });
});
