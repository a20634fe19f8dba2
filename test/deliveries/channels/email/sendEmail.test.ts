import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organizerParticipantId } from '../../../../functions/deliveries/delivery.ts';
import type { InvitationJob, Job } from '../../../../functions/deliveries/job.ts';
import { answerStore } from '../../../../functions/meetings/answers/answerStore.ts';
import { personalLinkOf } from '../../../../functions/meetings/links/personalLink.ts';
import type { Meeting } from '../../../../functions/meetings/meeting.ts';
import { startAws, type TestAws } from '../../../aws.ts';
import { participantOf } from '../../../meetings/meetings.ts';
import { startService, type TestService, testSettings } from '../../../service.ts';
import { handOver, jobOf, keepMeeting, reminderJobOf, waitingJobOf } from '../../deliveries.ts';
import { keepUser } from '../../users.ts';

let aws: TestAws;
let service: TestService;
let deliver: Parameters<typeof handOver>[0];

const bob = participantOf({ id: 'bob', email: 'Bob@example.org', name: 'Bob, “the builder”' });
const carol = participantOf({ id: 'carol', email: 'carol@example.org', language: 'es' });

beforeAll(async () => {
  aws = await startAws();
  service = await startService({
    mailIdentity: { address: 'meetings@example.org', name: 'Meetings' },
    configurationSet: 'meetings',
  });
  ({ handler: deliver } = await import('../../../../functions/handlers/queue/deliver.handler.ts'));
  await keepUser(service.table, { id: 'alice-id', username: 'alice', email: 'alice@example.org' });
});

afterAll(async () => {
  await service.stop();
  await aws.stop();
});

/** Has a meeting's job done, and reads the mail as a mail program would. */
function mailOf(meeting: Meeting, changes: Partial<InvitationJob> = {}) {
  return mailFor(jobOf({ meetingId: meeting.id, ...changes }), meeting);
}

async function mailFor(job: Job, meeting: Meeting) {
  await handOver(deliver, [job]);
  const mail = aws.mailbox.mails().find(({ tags }) => tags.meeting === meeting.id);
  if (!mail) throw new Error('No mail was sent');
  const parsed = await PostalMime.parse(mail.raw, { attachmentEncoding: 'utf8' });
  const calendars = parsed.attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType));
  return { ...mail, ...parsed, calendars };
}

function eventOf(calendar: { content: unknown } | undefined) {
  const component = new ICAL.Component(ICAL.parse(String(calendar?.content)));
  const event = component.getFirstSubcomponent('vevent');
  return {
    method: component.getFirstPropertyValue('method'),
    value: (name: string) => String(event?.getFirstPropertyValue(name)),
    rsvp: event?.getAllProperties('attendee').map((attendee) => attendee.getFirstParameter('rsvp')),
    attendees: event?.getAllProperties('attendee').map((attendee) => attendee.getFirstValue()) ?? [],
  };
}

describe('an invitation by mail', () => {
  test('comes from the service, answers to the organizer, and goes to one person alone', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob, carol] });
    const mail = await mailOf(meeting);

    expect(mail.source).toBe('meetings@example.org');
    expect(mail.destinations).toEqual(['Bob@example.org']);
    expect(mail.from).toMatchObject({ address: 'meetings@example.org', name: 'alice (Meetings)' });
    expect(mail.to).toMatchObject([{ address: 'Bob@example.org', name: 'Bob, “the builder”' }]);
    expect(mail.replyTo).toMatchObject([{ address: 'alice@example.org', name: 'alice' }]);
    expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
    expect(mail.raw.toString()).not.toContain('carol');
  });

  test('calls the organizer by their name, but in the calendar, and a user by theirs', async () => {
    await keepUser(service.table, { id: 'olga-id', username: 'olga', name: 'Olga Ros', email: 'olga@example.org' });
    await keepUser(service.table, { id: 'nil-id', username: 'nil', name: 'Nil Pla', email: 'nil@example.org' });
    const nil = participantOf({ id: 'nil', userId: 'nil-id' });
    const organizer = { username: 'olga', email: 'olga@example.org' };
    const meeting = await keepMeeting(service.table, { participants: [nil], organizerId: 'olga-id', organizer });
    const { from, replyTo, to, text, calendars } = await mailOf(meeting, { participantId: 'nil' });

    expect(from?.name).toBe('Olga Ros (Meetings)');
    expect(replyTo).toMatchObject([{ address: 'olga@example.org', name: 'Olga Ros' }]);
    expect(to).toMatchObject([{ address: 'nil@example.org', name: 'Nil Pla' }]);
    expect(text).toMatch(/^Olga Ros invites you to a meeting\./);
    const event = new ICAL.Component(ICAL.parse(String(calendars[0]?.content))).getFirstSubcomponent('vevent');
    expect(event?.getFirstProperty('organizer')?.getFirstParameter('cn')).toBe('olga');
    expect(event?.getFirstProperty('attendee')?.getFirstParameter('cn')).toBe('Nil Pla');
  });

  test('is tagged so that SES’s events find its row', async () => {
    const meeting = await keepMeeting(service.table, { participants: [{ ...bob, told: 2 }], revision: 3, sequence: 3 });
    const mail = await mailOf(meeting, { sequence: 2 });

    expect(mail.tags).toEqual({ meeting: meeting.id, occasion: '2', participant: 'bob' });
    expect(mail.configurationSetName).toBe('meetings');
  });

  test('holds the calendar among the alternatives, and as a file', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    const { calendars, text, html } = await mailOf(meeting);
    const [inline, file] = calendars;
    const event = eventOf(inline);

    expect(calendars.map(({ mimeType, filename }) => [mimeType, filename])).toEqual([
      ['text/calendar', null],
      ['application/ics', 'invite.ics'],
    ]);
    expect(inline?.method).toBe('REQUEST');
    expect(event.method).toBe('REQUEST');
    expect(event.value('uid')).toBe(`${meeting.id}@meet.example.org`);
    expect(event.value('sequence')).toBe('1');
    expect(event.value('organizer')).toBe('mailto:alice@example.org');
    expect(event.attendees).toEqual(['mailto:Bob@example.org']);
    expect(file?.content).toEqual(inline?.content);
    for (const body of [text, html]) expect(body).toContain(`https://meet.example.org/m/${meeting.id}.${meeting.key}`);
  });

  test('says how to join by telephone, in the calendar too', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob], pin: '234567891' });
    const { text, html, calendars } = await mailOf(meeting);

    for (const body of [text, html]) expect(body).toMatch(/\+34999999999[\s\S]*234567891/);
    expect(eventOf(calendars[0]).value('description')).toMatch(/\+34999999999.*234567891/);
  });

  test('goes out whatever the description holds', async () => {
    const description = 'Agenda:\n\t1.\tBudget; “plans”, a\\b\n\t2.\t会议';
    const meeting = await keepMeeting(service.table, { participants: [bob], description });

    expect(eventOf((await mailOf(meeting)).calendars[0]).value('description')).toContain(description);
  });

  test('names nobody as organizer where they have been deleted and forgotten', async () => {
    const gone = { organizerId: 'gone', organizer: undefined };
    const meeting = await keepMeeting(service.table, { participants: [bob], ...gone });
    const mail = await mailOf(meeting);

    expect(mail.replyTo).toBeUndefined();
    expect(eventOf(mail.calendars[0]).value('organizer')).toBe('mailto:none@example.org');
  });

  test.each(['josé@example.org', '"alice b"@example.org', 'alice@xn--zzzzzz.example'])(
    'goes out where the organizer’s verified address is %s, which neither SES nor a calendar takes',
    async (address) => {
      const id = `organizer of ${address}`.replaceAll(/\W/g, '-');
      await keepUser(service.table, { id, username: 'josé', email: address });
      const organizer = { organizerId: id, organizer: { username: 'josé', email: address } };
      const mail = await mailOf(await keepMeeting(service.table, { participants: [bob], ...organizer }));

      expect(mail.destinations).toEqual(['Bob@example.org']);
      expect(mail.replyTo).toBeUndefined();
      expect(String(mail.calendars[0]?.content)).toContain('\nORGANIZER;CN="josé":mailto:none@example.org');
      expect(eventOf(mail.calendars[0]).rsvp).toEqual(['FALSE']);
      expect(mail.text).toContain('\r\nOrganizer: josé\r\n\r\n-- \r\n');
    },
  );

  test('speaks the participant’s language', async () => {
    const meeting = await keepMeeting(service.table, { participants: [carol], language: 'ca' });

    expect((await mailOf(meeting, { participantId: 'carol' })).subject).toMatch(/^Invitación: Planning/);
  });
});

describe('a change by mail', () => {
  test('is an update of the same event, with a higher sequence', async () => {
    const meeting = await keepMeeting(service.table, { revision: 2, sequence: 2, participants: [{ ...bob, told: 2 }] });
    const mail = await mailOf(meeting, { sequence: 2, reached: true });
    const event = eventOf(mail.calendars[0]);

    expect(mail.subject).toMatch(/^Updated: /);
    expect([event.method, event.value('sequence')]).toEqual(['REQUEST', '2']);
  });

  test('is a cancellation of the event where the meeting is cancelled', async () => {
    const meeting = await keepMeeting(service.table, {
      revision: 2,
      sequence: 2,
      status: 'cancelled',
      participants: [{ ...bob, told: 2 }],
    });
    const mail = await mailOf(meeting, { sequence: 2, reached: true });
    const event = eventOf(mail.calendars[0]);

    expect(mail.calendars[0]?.method).toBe('CANCEL');
    expect([event.method, event.value('status')]).toEqual(['CANCEL', 'CANCELLED']);
  });

  test('is a cancellation that leaves the event confirmed where one person is taken off', async () => {
    const meeting = await keepMeeting(service.table, { revision: 2, sequence: 2, removed: [{ ...bob, told: 2 }] });
    const mail = await mailOf(meeting, { sequence: 2, reached: true });
    const event = eventOf(mail.calendars[0]);

    expect([event.method, event.value('status')]).toEqual(['CANCEL', 'null']);
  });
});

describe('a reminder by mail', () => {
  const remind = (meeting: Meeting, participantId: string) => mailFor(reminderJobOf(meeting, participantId), meeting);

  test('holds no calendar: the event is in it already, and another request would ask for another answer', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob], revision: 4, sequence: 4 });
    const mail = await remind(meeting, 'bob');

    expect(mail.subject).toMatch(/^Reminder: Planning/);
    expect(mail.attachments).toEqual([]);
    expect(mail.raw.toString()).not.toMatch(/calendar|invite\.ics/i);
    expect(mail.text).toContain(`https://meet.example.org/m/${meeting.id}.${meeting.key}`);
    expect(mail.tags).toMatchObject({ occasion: `R${meeting.validSince.getTime()}` });
  });

  test('reaches the organizer at their own address, in their own language', async () => {
    await keepUser(service.table, { id: 'nuria-id', username: 'nuria', email: 'nuria@example.org', language: 'ca' });
    const meeting = await keepMeeting(service.table, { participants: [bob], organizerId: 'nuria-id' });
    const mail = await remind(meeting, organizerParticipantId);

    expect(mail.destinations).toEqual(['nuria@example.org']);
    expect(mail.subject).toMatch(/^Recordatori: Planning/);
  });

  test('is not silenced by sendInvitations false', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob], sendInvitations: false });

    expect((await remind(meeting, 'bob')).destinations).toEqual(['Bob@example.org']);
  });
});

test('a mail that somebody waits leads its organizer to the meeting, and holds no calendar', async () => {
  const meeting = await keepMeeting(service.table, { participants: [bob], sequence: 4 });
  const mail = await mailFor(waitingJobOf(meeting), meeting);

  expect(mail.subject).toMatch(/^Somebody is waiting: Planning \(/);
  expect(mail.text).toMatch(/^Somebody is waiting to be let into your meeting, and no host is there\.\r?\n/);
  expect(mail.text).toContain(`Join: https://meet.example.org/m/${meeting.id}.${meeting.key}`);
  expect(mail.attachments).toEqual([]);
  expect(mail.tags).toMatchObject({ occasion: `W${meeting.validSince.getTime()}`, participant: 'organizer' });
});

test('of two meetings in one batch each gets its own calendar', async () => {
  const meetings = [
    await keepMeeting(service.table, { participants: [bob], name: 'One' }),
    await keepMeeting(service.table, { participants: [bob], name: 'Other' }),
  ];
  await handOver(
    deliver,
    meetings.map(({ id }) => jobOf({ meetingId: id })),
  );

  for (const meeting of meetings) {
    expect(eventOf((await mailOf(meeting)).calendars[0]).value('summary')).toBe(meeting.name);
  }
});

test.each([
  ['accepted', 2, 'ACCEPTED'],
  ['tentative', 2, 'TENTATIVE'],
  ['declined', 3, 'DECLINED'],
  ['accepted', 1, 'NEEDS-ACTION'],
] as const)(
  'an update carries the answer %s to sequence %i, of a meeting moved at 2, as %s',
  async (status, to, partstat) => {
    const invited = { ...bob, told: 3, invited: 1 };
    const meeting = await keepMeeting(service.table, { participants: [invited], revision: 4, sequence: 3, timed: 2 });
    const answer = {
      participantId: 'bob',
      status,
      when: new Date(),
      how: 'page',
      sequence: to,
      expiresAt: 4_000_000_000,
    };
    await answerStore(service.table).keep(meeting.id, answer);
    const { calendars } = await mailOf(meeting, { sequence: 3, reached: true });
    const attendee = String(calendars[0]?.content)
      .replaceAll('\n ', '')
      .split('\n')
      .find((line) => line.startsWith('ATTENDEE'));

    expect(attendee?.trim()).toBe(
      `ATTENDEE;CN="Bob, “the builder”";ROLE=REQ-PARTICIPANT;PARTSTAT=${partstat};RSVP=TRUE:mailto:Bob@example.org`,
    );
  },
);

describe('the link in a mail', () => {
  const [dave, erin] = [
    participantOf({ id: 'dave', email: 'dave@example.org' }),
    participantOf({ id: 'erin', email: 'erin@example.org' }),
  ];

  test('is the recipient’s own, also as URL and LOCATION of their calendar, whose seal nobody sees', async () => {
    const meeting = await keepMeeting(service.table, { participants: [dave, erin] });
    await handOver(deliver, [jobOf({ meetingId: meeting.id, participantId: 'erin' })]);
    const { calendars, raw } = await mailOf(meeting, { participantId: 'dave' });
    const mails = aws.mailbox.mails().filter(({ tags }) => tags.meeting === meeting.id);
    const read = await Promise.all(mails.map(({ raw: one }) => PostalMime.parse(one)));
    const own = (person: { id: string }) => personalLinkOf(meeting, person, testSettings) ?? '';
    const link = /https:\/\/meet\.example\.org\/m\/[^\s"<]+/g;

    const withAnswers = (url: string) =>
      ['', '#answer=accepted', '#answer=tentative', '#answer=declined'].map((to) => url + to);
    expect(read.map((mail) => [...new Set(`${mail.text} ${mail.html}`.match(link))])).toEqual([
      withAnswers(own(erin)),
      withAnswers(own(dave)),
    ]);
    expect(calendars.map((calendar) => [eventOf(calendar).value('url'), eventOf(calendar).value('location')])).toEqual(
      calendars.map(() => [own(erin), own(erin)]),
    );
    expect(Buffer.concat(mails.map((mail) => mail.raw)).toString()).not.toContain(meeting.seal);
    expect(raw.toString()).not.toContain(meeting.seal);
  });

  test('is the meeting’s own to whoever is reminded as its organizer', async () => {
    const meeting = await keepMeeting(service.table, { participants: [dave] });
    const { text } = await mailFor(reminderJobOf(meeting, organizerParticipantId), meeting);

    expect(text).toContain(`Join: https://meet.example.org/m/${meeting.id}.${meeting.key}\r\n`);
  });
});
