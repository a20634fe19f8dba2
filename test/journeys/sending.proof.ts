import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting, within } from './journey.ts';

interface Dialled extends ShownMeeting {
  readonly ddi: { readonly extension: string; readonly pin: string };
}

let service: Journey;

beforeAll(async () => {
  service = await beginJourney({ remindMechanisms: ['push', 'email', 'sms'], mailsPerDay: 12, smsPerDay: 6 });
});

afterAll(() => service.end());

const inMinutes = (minutes: number) => Date.now() + minutes * 60_000;
const post = (body: object) => callAs<Dialled>(service, 'alice', 'POST', '/meetings', { participants: [], ...body });
const mailsOf = ({ id }: ShownMeeting) => service.mails().filter(({ tags }) => tags.meeting === id);
const guests = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `guest-${index}@example.org` }));

describe('whoever has no device', () => {
  test('is reminded by mail, without a calendar, and by SMS, where no letter has just been sent', async () => {
    await callAs(service, 'bob', 'PUT', '/users/me/devices/phone', { platform: 'fcm', token: 'bob-phone' });
    const { json: soon } = await post({
      name: 'Soon',
      validSince: inMinutes(5),
      participants: [{ email: 'bob@example.org' }, { email: 'carol@example.org' }, { phone: '+34600000009' }],
      sendInvitations: false,
    });
    await vi.waitFor(() => {
      expect(service.pushes().filter(({ payload }) => payload.includes(soon.id))).toHaveLength(1);
      const reminders = mailsOf(soon).filter(({ tags }) => tags.occasion?.startsWith('R'));
      expect(reminders.flatMap(({ destinations }) => destinations).sort()).toEqual([
        'alice@example.org',
        'carol@example.org',
      ]);
      const sms = service.sms().filter(({ message }) => message.includes(`: ${soon.name}, `));
      expect(sms.map(({ phoneNumber, message }) => [phoneNumber, message.split(':')[0]]).sort()).toEqual([
        ['+34600000001', 'Reminder'],
        ['+34600000009', 'Reminder'],
      ]);
    }, within);

    const [reminder] = mailsOf(soon).filter(
      ({ destinations, tags }) => destinations.includes('carol@example.org') && tags.occasion?.startsWith('R'),
    );
    const { subject, text, attachments } = await PostalMime.parse(reminder?.raw ?? Buffer.alloc(0));
    expect(subject).toMatch(/^Reminder: Soon/);
    expect(text).toContain(soon.url);
    expect(attachments).toEqual([]);
    expect(mailsOf(soon)).toHaveLength(2);
  });
});

describe('a telephone exchange', () => {
  test('opens a meeting by the code that its mails tell, its organizer’s too', async () => {
    const { json: meeting } = await post({ name: 'By phone', validSince: inMinutes(20), participants: guests(1) });
    await vi.waitFor(() => expect(mailsOf(meeting)).toHaveLength(2), within);
    const texts = await Promise.all(mailsOf(meeting).map(async ({ raw }) => (await PostalMime.parse(raw)).text ?? ''));
    const pins = texts.map((text) => /\+34999999999, code (\d{9})/.exec(text)?.[1]);
    const [pin] = pins;

    expect(pins).toEqual([meeting.ddi.pin, meeting.ddi.pin]);
    expect((await callAs(service, 'alice', 'GET', `/dial-in/${pin}`)).status).toBe(403);
    await callAs(service, 'alice', 'PATCH', `/meetings/${meeting.id}`, { validSince: inMinutes(5) });
    expect(await callAs(service, 'alice', 'GET', `/dial-in/${pin}`)).toMatchObject({
      status: 200,
      json: { meetingId: meeting.id, name: 'By phone' },
    });
    expect((await callAs(service, 'bob', 'GET', `/dial-in/${pin}`)).status).toBe(403);
    expect((await callAs(service, 'alice', 'GET', '/dial-in/100000000')).status).toBe(404);
  });
});

describe('a day’s limit', () => {
  test('refuses the call that would exceed it, says until when, and sends nothing of it', async () => {
    const { status, json } = await post({ name: 'Too many', validSince: inAnHour(), participants: guests(11) });

    expect(status).toBe(429);
    expect(json).toMatchObject({ code: 'mails-per-day', requested: 12, allowed: 12 });
    expect((await callAs<{ items: ShownMeeting[] }>(service, 'alice', 'GET', '/meetings')).json).not.toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: 'Too many' })]),
    });
    expect((await post({ name: 'Few', validSince: inAnHour(), participants: guests(1) })).status).toBe(201);
  });
});
