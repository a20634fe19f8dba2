import type { Made, Stage, Story, Visitor } from './stage.ts';

const minute = 60_000;
const isOwn = ({ participant, occasion = '' }: Readonly<Record<string, string>>) =>
  participant === 'organizer' && /^\d/.test(occasion);

/** The mails of a meeting, but for those that tell its organizer of it. */
const mailsOf = ({ service }: Stage, { id }: Made) =>
  service.envelopes().filter(({ tags }) => tags.meeting === id && !isOwn(tags));
const scheduleOf = ({ service }: Stage, { id }: Made) => service.schedules().find(({ Name }) => Name === id);
const numberOf = ({ id }: Visitor) => `+346${id.replaceAll(/\D/g, '').slice(-8).padStart(8, '0')}`;

/** The life of meetings, and what is sent for them. */
export const meetingStories: readonly Story[] = [
  {
    name: 'a meeting is scheduled: it gets its reminder, and the listing of a user whom it names',
    tell: async (stage) => {
      const [organizer, guest] = [stage.visitor('meetings'), stage.visitor()];
      await guest.call(200, 'GET', '/users/me');
      const meeting = await organizer.schedule({ participants: [{ email: guest.email }] });
      await stage.until('the schedule of the reminder', () => scheduleOf(stage, meeting));
      await stage.until('the meeting in the listing of its guest', async () =>
        (await guest.call<{ meetings: Made[] }>(200, 'GET', '/meetings')).meetings.some(({ id }) => id === meeting.id),
      );
    },
  },
  {
    name: 'an invitation goes out, by mail and by SMS, to a user who is named by their id too',
    tell: async (stage) => {
      const [organizer, guest] = [stage.visitor('meetings'), stage.visitor()];
      await guest.call(200, 'GET', '/users/me');
      const phone = numberOf(organizer);
      const participants = [{ userId: guest.id }, { phone }];
      const meeting = await organizer.schedule({ participants, sendInvitations: true });
      await stage.until('a mail', () => mailsOf(stage, meeting)[0]);
      await stage.until('the organizer’s own', () => {
        return stage.service.envelopes().find(({ tags }) => tags.meeting === meeting.id && isOwn(tags));
      });
      const sms = await stage.until('an SMS', () => {
        return stage.service.sms().find(({ phoneNumber }) => phoneNumber === phone);
      });
      const [shortLink = ''] = /https?:\S+\/j\/\w+/.exec(sms.message) ?? [];
      const { status } = await fetch(shortLink, { redirect: 'manual' });
      if (status !== 302) throw new Error(`The short link of ${sms.message} was answered with ${status}`);
      await stage.until('both marked', async () => {
        const { participants: people } = await organizer.call<{
          participants: { deliveries: { state: string }[] }[];
        }>(200, 'GET', `/meetings/${meeting.id}/invitations`);
        return people.every(({ deliveries }) => deliveries[0]?.state === 'sent');
      });
      await organizer.call(202, 'POST', `/meetings/${meeting.id}/invitations`);
      await stage.until('the mail again', () => mailsOf(stage, meeting)[1]);
    },
  },
  {
    name: 'a mail comes back: its delivery says so, and the organizer is told whom it did not reach',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const participants = [{ email: 'bounce@simulator.amazonses.com' }];
      const meeting = await organizer.schedule({ participants, sendInvitations: true });
      await stage.until('the word of it', async () => {
        const { participants: people } = await organizer.call<{
          participants: { deliveries: { provider?: { word: string } }[] }[];
        }>(200, 'GET', `/meetings/${meeting.id}/invitations`);
        return people[0]?.deliveries[0]?.provider?.word === 'bounced';
      });
      await stage.until('the letter that waits', () => {
        const isMeant = (body: string) => body.includes('"unreachable"') && body.includes(meeting.id);
        return stage.service.messages('EmailDeliveries').some(({ body }) => isMeant(body));
      });
      stage.service.hasten('EmailDeliveries');
      await stage.until('the letter', () => {
        return mailsOf(stage, meeting).find(({ destinations }) => destinations.includes(organizer.email));
      });
    },
  },
  {
    name: 'a meeting is moved, its guests are others, and it is cancelled',
    tell: async (stage) => {
      const [organizer, first, second] = [stage.visitor('meetings'), stage.visitor(), stage.visitor()];
      for (const guest of [first, second]) await guest.call(200, 'GET', '/users/me');
      const meeting = await organizer.schedule({ participants: [{ email: first.email }] });
      const before = await stage.until('the schedule', () => scheduleOf(stage, meeting));
      const validSince = new Date(Date.parse(meeting.validSince) + 30 * minute).toISOString();
      const changes = { validSince, sendInvitations: true, participants: [{ userId: second.id }] };
      await organizer.call(200, 'PATCH', `/meetings/${meeting.id}`, changes);
      await stage.until('the schedule moved', () => {
        return scheduleOf(stage, meeting)?.ScheduleExpression !== before.ScheduleExpression;
      });
      await stage.until('the meeting gone from a listing', async () => {
        return (await first.call<{ meetings: Made[] }>(200, 'GET', '/meetings')).meetings.length === 0;
      });
      const since = encodeURIComponent(new Date(Date.now() - 10 * minute).toISOString());
      await stage.until('who was taken off told so who polls, and who was put on', async () => {
        const poll = (guest: Visitor) =>
          guest.call<{ meetings: Made[]; left: string[] }>(200, 'GET', `/meetings?updatedSince=${since}`);
        const [left, joined] = [(await poll(first)).left, (await poll(second)).meetings];
        return left.includes(meeting.id) && joined.some(({ id }) => id === meeting.id);
      });
      await organizer.call(204, 'DELETE', `/meetings/${meeting.id}`);
      await stage.until('the schedule gone', () => scheduleOf(stage, meeting) === undefined);
    },
  },
  {
    name: 'one person is added to a meeting, and taken off again; nobody else hears of it',
    tell: async (stage) => {
      const [organizer, guest] = [stage.visitor('meetings'), stage.visitor()];
      const phone = numberOf(organizer);
      await guest.call(200, 'GET', '/users/me');
      const meeting = await organizer.schedule({ participants: [{ phone }], sendInvitations: true });
      const people = `/meetings/${meeting.id}/participants`;
      const { id } = await organizer.call<{ id: string }>(201, 'POST', people, { userId: guest.id });
      await stage.until('a mail that invites', () => mailsOf(stage, meeting)[0]);
      await organizer.call(204, 'DELETE', `${people}/${id}`);
      await stage.until('a mail that cancels', () => mailsOf(stage, meeting)[1]);
      const texts = stage.service.sms().filter(({ phoneNumber }) => phoneNumber === phone);
      if (texts.length > 1) throw new Error(`Who stays was told ${texts.length} times`);
    },
  },
  {
    name: 'a meeting is read, with its calendar and who changed it',
    tell: async ({ service, visitor }) => {
      const organizer = visitor('meetings');
      const { id } = await organizer.schedule();
      await organizer.call(200, 'GET', `/meetings/${id}`);
      await organizer.call(200, 'GET', `/meetings/${id}/changes`);
      const calendar = await fetch(`${service.url}/meetings/${id}/calendar.ics`, {
        headers: await organizer.headers(),
      });
      if (calendar.status !== 200) throw new Error(`The calendar was answered with ${calendar.status}`);
    },
  },
  {
    name: 'a reminder is due: a mail for who has no device',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const meeting = await organizer.schedule({ participants: [{ email: stage.visitor().email }] });
      await stage.until('the schedule', () => scheduleOf(stage, meeting));
      stage.service.fire(meeting.id);
      await stage.until('the mails', () => mailsOf(stage, meeting)[1]);
    },
  },
  {
    name: 'a reminder is due: a push for who has a device, an SMS for who has a number',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const [token, phone] = [`token-of-${organizer.id}`, numberOf(organizer)];
      await organizer.call(200, 'PUT', '/users/me/devices/phone', { platform: 'fcm', token });
      const meeting = await organizer.schedule({ participants: [{ phone }] });
      await stage.until('the schedule', () => scheduleOf(stage, meeting));
      stage.service.fire(meeting.id);
      await stage.until('the push', () => stage.service.pushes().find((push) => push.token === token));
      await stage.until('the SMS', () => stage.service.sms().find(({ phoneNumber }) => phoneNumber === phone));
    },
  },
  {
    name: 'a meeting of more than a hundred people is planned in parts, its reminder too',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const [token, phone] = [`token-of-${organizer.id}`, numberOf(organizer)];
      await organizer.call(200, 'PUT', '/users/me/devices/phone', { platform: 'fcm', token });
      const hundred = Array.from({ length: 100 }, (_, index) => ({ email: `${index}.${organizer.email}` }));
      const participants = [...hundred, { email: `last.${organizer.email}`, phone }];
      const validSince = Date.now() + 5 * minute;
      const meeting = await organizer.schedule({ participants, validSince, sendInvitations: true });
      await stage.until('all mails', () => mailsOf(stage, meeting).length === 101);
      await stage.until('the SMS', () => stage.service.sms().find(({ phoneNumber }) => phoneNumber === phone));
      await stage.until('the push', () => stage.service.pushes().find((push) => push.token === token));
    },
  },
  {
    name: 'what SES and SNS throttle leaves a little later',
    alone: true,
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const [token, phone] = [`token-of-${organizer.id}`, numberOf(organizer)];
      await organizer.call(200, 'PUT', '/users/me/devices/phone', { platform: 'fcm', token });
      // The SDK tries a mail and a push three times; the organizer gets a mail of their own.
      const throttled = [
        { service: 'ses', functionName: 'DeliverEmail', count: 6 },
        { service: 'sns', functionName: 'DeliverSms', count: 1 },
        { service: 'sns', action: 'Publish', functionName: 'DeliverPush', count: 3 },
      ];
      for (const fault of throttled) stage.service.faults.order({ ...fault, kind: 'throttle' });
      const participants = [{ email: stage.visitor().email, phone }];
      const validSince = Date.now() + 5 * minute;
      const meeting = await organizer.schedule({ participants, validSince, sendInvitations: true });
      await stage.until('the mail', () => mailsOf(stage, meeting)[0]);
      await stage.until('the SMS', () => stage.service.sms().find(({ phoneNumber }) => phoneNumber === phone));
      await stage.until('the push', () => stage.service.pushes().find((push) => push.token === token));
    },
  },
  {
    name: 'a device is pushed to, until its platform knows it no more',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const token = `token-of-${organizer.id}`;
      await organizer.call(200, 'PUT', '/users/me/devices/phone', { platform: 'fcm', token });
      await organizer.schedule({ validSince: Date.now() + 5 * minute });
      await stage.until('a push', () => stage.service.pushes().find((push) => push.token === token));
      stage.service.disablePushToken(token);
      await organizer.schedule({ validSince: Date.now() + 5 * minute });
      await stage.until('the device gone', async () => {
        const { devices } = await organizer.call<{ devices: unknown[] }>(200, 'GET', '/users/me/devices');
        return devices.length === 0;
      });
    },
  },
  {
    name: 'a telephone exchange opens a meeting, and guesses none',
    tell: async ({ visitor }) => {
      const { ddi } = await visitor('meetings').schedule({ validSince: Date.now() + minute, password: '730164' });
      const exchange = visitor('dial-in');
      await exchange.call(200, 'GET', `/dial-in/${ddi.pin}`);
      await exchange.call(404, 'GET', '/dial-in/100000000');
      const another = visitor('dial-in');
      await another.call(403, 'POST', `/dial-in/${ddi.pin}`, { password: '1' });
      await another.call(200, 'POST', `/dial-in/${ddi.pin}`, { password: '730164' });
    },
  },
  {
    name: 'guests answer, signed in and by their own link, and their answers live as long as a meeting that is moved',
    tell: async (stage) => {
      const invited = await invite(stage);
      const { organizer, guest, meeting } = invited;
      const answer = `/meetings/${meeting.id}/answer`;
      await guest.call(200, 'PUT', answer, { status: 'tentative', comment: 'Perhaps.' });
      await answerByLink(invited, 200);
      const { answers } = await organizer.call<{ answers: object }>(200, 'GET', `/meetings/${meeting.id}`);
      if (JSON.stringify(answers) !== '{"accepted":1,"tentative":0,"declined":0,"needsAction":0}')
        throw new Error(`The answers were ${JSON.stringify(answers)}`);
      const validUntil = new Date(Date.parse(meeting.validUntil) + 30 * minute).toISOString();
      await organizer.call(200, 'PATCH', `/meetings/${meeting.id}`, { validUntil });
      await guest.call(200, 'PUT', answer, { status: 'declined' });
      await organizer.call(200, 'PATCH', `/meetings/${meeting.id}`, { participants: [] });
    },
  },
  {
    name: 'what a guest answers while they are taken off is not kept',
    alone: true,
    tell: async (stage) => {
      const invited = await invite(stage);
      const slow = {
        service: 'dynamodb',
        functionName: 'GiveAnswer',
        action: 'PutItem',
        kind: 'slow',
        ms: 3_000,
      } as const;
      stage.service.faults.order({ ...slow, count: 1 });
      const puts = () =>
        stage.service.calls.count({ service: 'dynamodb', action: 'PutItem', functionName: 'GiveAnswer' });
      const putsBefore = puts();
      const answered = answerByLink(invited, 404);
      const onItsWay = stage.until('the answer on its way', () => puts() > putsBefore);
      const takenOff = Promise.race([answered, onItsWay]).then(() =>
        invited.organizer.call(200, 'PATCH', `/meetings/${invited.meeting.id}`, { participants: [] }),
      );
      await Promise.all([answered, takenOff]);
    },
  },
];

/** A meeting with a guest, and the address of their own link, which their calendar tells them. */
async function invite(stage: Stage) {
  const [organizer, guest] = [stage.visitor('meetings'), stage.visitor()];
  await guest.call(200, 'GET', '/users/me');
  const meeting = await organizer.schedule({ participants: [{ userId: guest.id, name: 'Guest' }] });
  const reply = await fetch(`${stage.service.url}/meetings/${meeting.id}/calendar.ics`, {
    headers: await guest.headers(),
  });
  const [, link = ''] = /^URL:(.*)$/m.exec((await reply.text()).replaceAll('\r\n ', '').replaceAll('\r', '')) ?? [];
  return { organizer, guest, meeting, link };
}

async function answerByLink({ link }: { readonly link: string }, expected: number): Promise<void> {
  const shown = await fetch(`${link}/answer`);
  if (shown.status !== 200) throw new Error(`What is asked was answered with ${shown.status}`);
  const headers = { 'content-type': 'application/json' };
  const given = await fetch(`${link}/answer`, { method: 'POST', headers, body: '{"status":"accepted"}' });
  if (given.status !== expected) throw new Error(`The answer was answered with ${given.status}`);
}
