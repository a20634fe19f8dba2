import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { type ReadInvitation, readInvitation } from '../../infra/run/demo/readInvitation.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting, within } from './journey.ts';

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

const post = (body: object) => callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body);
const mailsOf = ({ id }: ShownMeeting) =>
  service.mails().filter(({ tags }) => tags.meeting === id && tags.participant !== 'organizer');
const organizersMailsOf = ({ id }: ShownMeeting) =>
  service.mails().filter(({ tags }) => tags.meeting === id && tags.participant === 'organizer');
const smsOf = ({ name }: ShownMeeting) => service.sms().filter(({ message }) => message.includes(`: ${name}, `));
const pushesOf = ({ id }: ShownMeeting) => service.pushes().filter(({ payload }) => payload.includes(id));
const scheduleOf = ({ id }: ShownMeeting) => service.schedules().filter(({ Name }) => Name === id);

describe('an invitation', () => {
  test('reaches each by each of their addresses, as mail with its calendar and as SMS', async () => {
    const { json: meeting } = await post({
      name: 'Planning',
      validSince: inAnHour(),
      participants: [
        { name: 'Bob', email: 'bob@example.org', phone: '34600000008' },
        { phone: '+34600000009', language: 'es' },
      ],
    });
    await vi.waitFor(() => {
      expect(mailsOf(meeting)).toHaveLength(1);
      expect(
        smsOf(meeting)
          .map(({ phoneNumber }) => phoneNumber)
          .sort(),
      ).toEqual(['+34600000008', '+34600000009']);
    }, within);

    const [mail] = mailsOf(meeting);
    expect(mail).toMatchObject({ source: 'meetings@example.org', destinations: ['bob@example.org'] });
    const read = await readInvitation(mail?.raw ?? Buffer.alloc(0));
    // The recipient's own: the meeting's with who they are behind it.
    const own = expect.stringMatching(
      new RegExp(`^${meeting.url.replaceAll('.', '\\.')}~[0-9a-z]{12}\\.[0-9a-z]{16}$`),
    );
    expect(read.text).toContain(`${meeting.url}~`);
    expect(read.html).toContain(`${meeting.url}~`);
    expect(read.replyTo).toBe('Alice <alice@example.org>');
    expect(read.calendar).toMatchObject({
      method: 'REQUEST',
      uid: expect.stringMatching(new RegExp(`^${meeting.id}@`)),
      sequence: 0,
      summary: 'Planning',
      url: own,
      location: own,
      organizer: 'mailto:alice@example.org',
      organizerName: 'alice',
      attendees: ['mailto:bob@example.org'],
    });
    expect(read.calendar?.start.getTime()).toBe(Math.floor(Date.parse(meeting.validSince) / 1_000) * 1_000);
    expect(Number(read.calendar?.end) - Number(read.calendar?.start)).toBe(3_600_000);
  });

  test.each([
    ['Ünï, "cöde"; \\ 会议 🎉', 'Ana; BCC: evil@example.org'],
    ['会'.repeat(200), '"; CN="x'],
    ['x'.repeat(200), '👩‍👩‍👧‍👦'.repeat(9)],
    ['a\\nATTENDEE:mailto:evil@example.org', 'a\u200eb\\r\\nc'],
  ])('survives a meeting named %j and a person named %j', async (name, person) => {
    const { status, json: meeting } = await post({
      name,
      validSince: inAnHour(),
      participants: [{ name: person, email: 'bob@example.org' }],
    });
    expect(status).toBe(201);
    await vi.waitFor(() => expect(mailsOf(meeting)).toHaveLength(1), within);

    const [mail] = mailsOf(meeting);
    const read: ReadInvitation = await readInvitation(mail?.raw ?? Buffer.alloc(0));
    expect(mail?.destinations).toEqual(['bob@example.org']);
    expect(read.calendar?.summary).toBe(name);
    expect(read.calendar?.attendees).toEqual(['mailto:bob@example.org']);
    expect(read.subject).toContain(name.slice(0, 20));
    for (const file of calendarFilesIn(mail?.raw ?? Buffer.alloc(0))) {
      const lines = file.toString('latin1').split('\r\n');
      expect(lines.at(-1)).toBe('');
      expect(lines.join('')).not.toMatch(/[\r\n]/);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(75);
    }
    expect((mail?.raw.toString('latin1') ?? '').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('is not sent where the meeting wants none', async () => {
    const { json: silent } = await post({
      name: 'Silent',
      validSince: inAnHour(),
      sendInvitations: false,
      participants: [{ email: 'bob@example.org' }],
    });
    await vi.waitFor(() => expect(scheduleOf(silent)).toHaveLength(1), within);

    const lines = service.logs('OnMeetingChanged').map(({ fields }) => fields);
    expect(lines.filter(({ meetingId }) => meetingId === silent.id)).toMatchObject([
      { level: 'warn', message: 'Cannot send the meeting invitation, not available' },
    ]);
    expect(mailsOf(silent)).toHaveLength(0);
  });
});

test('the organizer is told of their own meeting once, with an entry of its own and the link that all know', async () => {
  const { json: meeting } = await post({
    name: 'Mine',
    validSince: inAnHour(),
    participants: [{ name: 'Bob', email: 'bob@example.org' }, { phone: '+34600000009' }],
  });
  await vi.waitFor(() => {
    expect(organizersMailsOf(meeting)).toHaveLength(1);
    expect(mailsOf(meeting)).toHaveLength(1);
  }, within);

  const [mail] = organizersMailsOf(meeting);
  expect(mail).toMatchObject({ source: 'meetings@example.org', destinations: ['alice@example.org'] });
  const read = await readInvitation(mail?.raw ?? Buffer.alloc(0));
  expect(read).toMatchObject({ from: 'Meetings <meetings@example.org>', to: 'Alice <alice@example.org>' });
  expect(read.subject).toMatch(/^Scheduled: Mine \(/);
  expect(read.text).toMatch(/^This meeting is scheduled, and you organize it\.\r?\n/);
  const lines = read.text.split(/\r?\n/);
  expect(lines).toEqual(expect.arrayContaining([`Join: ${meeting.url}`, 'Invited: Bob, +34600000009']));
  expect(read.calendar).toMatchObject({
    method: 'REQUEST',
    uid: expect.stringMatching(new RegExp(`^${meeting.id}\\.organizer@`)),
    sequence: 0,
    url: meeting.url,
    location: meeting.url,
    organizer: 'mailto:meetings@example.org',
    organizerName: 'alice',
    attendees: ['mailto:alice@example.org'],
  });
});

describe('a reminder', () => {
  test('has one schedule, that wakes at the set time before the start', async () => {
    const { json: meeting } = await post({ name: 'Later', validSince: inAnHour(), participants: [] });
    await vi.waitFor(() => expect(scheduleOf(meeting)).toHaveLength(1), within);

    const wholeSecond = Math.ceil(Date.parse(meeting.validSince) / 1_000) * 1_000;
    const at = new Date(wholeSecond - 600_000).toISOString().slice(0, 19);
    expect(scheduleOf(meeting)[0]).toMatchObject({ ScheduleExpression: `at(${at})`, ActionAfterCompletion: 'DELETE' });
  });

  test('is pushed at once where the meeting is nearer than that, to each device of each who gets no letter', async () => {
    await callAs(service, 'alice', 'PUT', '/users/me/devices/phone', { platform: 'fcm', token: 'alice-phone' });
    await callAs(service, 'bob', 'PUT', '/users/me/devices/phone', { platform: 'fcm', token: 'bob-phone' });
    await callAs(service, 'bob', 'PUT', '/users/me/devices/tablet', { platform: 'fcm', token: 'bob-tablet' });
    const { json: soon } = await post({
      name: 'Soon',
      validSince: Date.now() + 120_000,
      participants: [{ email: 'BOB@example.org' }],
      sendInvitations: false,
    });
    await vi.waitFor(() => expect(pushesOf(soon)).toHaveLength(3), within);

    expect(
      pushesOf(soon)
        .map(({ token }) => token)
        .sort(),
    ).toEqual(['alice-phone', 'bob-phone', 'bob-tablet']);
    const payload = JSON.parse(pushesOf(soon)[0]?.payload ?? '');
    expect(payload.data).toEqual({ type: 'meeting-reminder', info: JSON.stringify({ id: soon.id, name: 'Soon' }) });
    expect(scheduleOf(soon)).toHaveLength(0);
  });

  test('is the letter itself where one goes out just then: invited late, moved nearer, or added', async () => {
    const at = (minutes: number) => Date.now() + minutes * 60_000;
    const { json: meeting } = await post({
      name: 'Letter',
      validSince: at(5),
      participants: [{ email: 'bob@example.org' }],
    });
    await vi.waitFor(() => expect(pushesOf(meeting).map(({ token }) => token)).toEqual(['alice-phone']), within);
    await vi.waitFor(() => expect(mailsOf(meeting)).toHaveLength(1), within);
    const move = { validSince: at(4), participants: [{ email: 'bob@example.org' }, { phone: '+34600000008' }] };
    await callAs(service, 'alice', 'PATCH', `/meetings/${meeting.id}`, move);
    await vi.waitFor(() => {
      expect(mailsOf(meeting).map(({ tags }) => tags.occasion)).toEqual(['0', '1']);
      expect(smsOf(meeting).map(({ message }) => message.split(':')[0])).toEqual(['Invitation']);
      expect(pushesOf(meeting).map(({ token }) => token)).toEqual(['alice-phone', 'alice-phone']);
    }, within);
    await vi.waitFor(() => expect(waiting()).toEqual([]), within);

    expect([mailsOf(meeting).length, smsOf(meeting).length, pushesOf(meeting).length]).toEqual([2, 1, 2]);
  });

  test('is not sent of a meeting that has begun', async () => {
    const { json: begun } = await post({
      name: 'Begun',
      validSince: Date.now() - 60_000,
      participants: [{ email: 'c@example.org' }],
    });
    await vi.waitFor(() => expect(mailsOf(begun)).toHaveLength(1), within);

    expect(pushesOf(begun)).toHaveLength(0);
    expect(scheduleOf(begun)).toHaveLength(0);
  });
});

describe('whatever comes twice', () => {
  test('is sent once: the stream, the queue and the schedule', async () => {
    const { json: meeting } = await post({
      name: 'Once',
      validSince: Date.now() + 300_000,
      participants: [{ email: 'bob@example.org', phone: '+34600000008' }],
    });
    const everything = () => [mailsOf(meeting).length, smsOf(meeting).length, pushesOf(meeting).length];
    await vi.waitFor(() => expect(everything()).toEqual([1, 1, 1]), within);

    const record = {
      eventID: '1',
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: '1', Keys: { pk: { S: `MEETING#${meeting.id}` }, sk: { S: 'MEETING' } } },
    };
    const jobs = (['email', 'sms'] as const).map((channel) => ({
      meetingId: meeting.id,
      participantId: meeting.participants[0]?.id,
      channel,
      kind: 'invitation',
      sequence: 0,
      reached: false,
    }));
    const twice = jobs.map((job) =>
      ['1', '2'].map((messageId) => ({
        messageId,
        body: JSON.stringify(job),
        attributes: { ApproximateReceiveCount: '1' },
      })),
    );
    for (let time = 0; time < 2; time += 1) {
      expect(await service.invoke('OnMeetingChanged', { Records: [record, record] })).toMatchObject(
        answer({ batchItemFailures: [] }),
      );
      for (const [index, worker] of ['DeliverEmail', 'DeliverSms'].entries()) {
        expect(await service.invoke(worker, { Records: twice[index] })).toMatchObject(
          answer({ batchItemFailures: [] }),
        );
      }
      const due = { meetingId: meeting.id, validSince: meeting.validSince };
      expect(await service.invoke('OnReminderDue', due)).toMatchObject({ ok: true });
    }
    await vi.waitFor(() => expect(waiting()).toEqual([]), within);

    expect(everything()).toEqual([1, 1, 1]);
  });
});

/** What waits to be delivered, by whatever channel. */
function waiting() {
  return ['Email', 'Sms', 'Push'].flatMap((channel) => service.messages(`${channel}Deliveries`));
}

/** The calendar of a mail, octet for octet: among the alternatives and as a file. */
function calendarFilesIn(raw: Buffer): Buffer[] {
  const parts = raw.toString('latin1').split(/\r\n--[^\r\n]+\r\n/);
  const files = parts.filter((part) => /^content-type: (text\/calendar|application\/ics)/im.test(part));
  expect(files).toHaveLength(2);
  return files.map((part) => Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64'));
}

/** What an invocation that ended well gives. */
function answer(payload: object): object {
  return { ok: true, payload: JSON.stringify(payload) };
}

test('no function did what its role does not allow', () => {
  expect(service.denied()).toEqual([]);
});
