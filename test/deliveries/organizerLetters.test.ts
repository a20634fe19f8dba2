import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { organizerParticipantId } from '../../functions/deliveries/delivery.ts';
import { getRow } from '../../functions/runtime/table.ts';
import { startAws, type TestAws } from '../aws.ts';
import { participantOf } from '../meetings/meetings.ts';
import { alice, type Claims, call, root, startService, type TestService } from '../service.ts';
import { deliveryRows, handOver, jobOf, keepMeeting } from './deliveries.ts';
import { keepUser } from './users.ts';

let aws: TestAws;
let service: TestService;
let deliver: Parameters<typeof handOver>[0];
let doors: Record<'create' | 'patch' | 'again' | 'cancel' | 'invitations', never>;
let organizers = 0;
let organizer: Claims;

const participantId = organizerParticipantId;
const bob = participantOf({ id: 'bob', email: 'bob@example.org', name: 'Bob <b>' });
const carol = participantOf({ id: 'carol', phone: '+34600000003' });
const nil = participantOf({ id: 'nil', userId: 'nil-id' });
const eve = participantOf({ id: 'eve', email: 'eve@example.org' });
const entry = { told: 1, invited: 1, calendarAddress: 'meetings@example.org' };

beforeAll(async () => {
  aws = await startAws();
  service = await startService({
    mailIdentity: { address: 'meetings@example.org', name: 'Meetings' },
    mailsPerDay: 5,
    timeZone: 'UTC',
  });
  const [create, patch, again, cancel, invitations, worker] = await Promise.all([
    import('../../functions/handlers/http/meetings/createMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/inviteAgain.handler.ts'),
    import('../../functions/handlers/http/meetings/cancelMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/readInvitations.handler.ts'),
    import('../../functions/handlers/queue/deliver.handler.ts'),
  ]);
  doors = {
    create: create.handler as never,
    patch: patch.handler as never,
    again: again.handler as never,
    cancel: cancel.handler as never,
    invitations: invitations.handler as never,
  };
  deliver = worker.handler;
  await keepUser(service.table, { id: 'alice-id', username: 'alice', name: 'Alice Vidal', email: 'alice@example.org' });
  await keepUser(service.table, { id: 'nil-id', username: 'nil', name: 'Nil Pla', email: 'nil@example.org' });
});

beforeEach(() => {
  organizers += 1;
  organizer = { ...alice, sub: `organizer-${organizers}`, email: `organizer-${organizers}@example.org` };
});

afterAll(async () => {
  await service.stop();
  await aws.stop();
});

const begin = new Date('2036-03-12T10:00:00Z');

/** Sends a meeting's letter to its organizer, and reads it as a mail program would. */
async function letterOf(
  changes: Parameters<typeof keepMeeting>[1],
  job: { sequence?: number; reached?: boolean } = {},
) {
  const all = { organizerEntry: entry, participants: [bob, carol, nil, eve], validSince: begin, ...changes };
  const meeting = await keepMeeting(service.table, { name: 'Planning', timeZone: 'UTC', ...all });
  expect(await handOver(deliver, [jobOf({ meetingId: meeting.id, participantId, ...job })])).toEqual([]);
  const [mail] = aws.mailbox.mails().filter(({ tags }) => tags.meeting === meeting.id);
  if (!mail) throw new Error('No mail was sent');
  const parsed = await PostalMime.parse(mail.raw, { attachmentEncoding: 'utf8' });
  const link = `https://meet.example.org/m/${meeting.id}.${meeting.key}`;
  const calendar = parsed.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  const lines = String(calendar?.content)
    .replace(/\r?\n /g, '')
    .split(/\r?\n/);
  return { meeting, link, ...mail, ...parsed, method: calendar?.method, lines };
}

describe('the letter to an organizer', () => {
  test('says in words and calendar what they scheduled, with the link that all know', async () => {
    const letter = await letterOf({ pin: '234567891', description: 'Bring figures.' });
    const { meeting, link } = letter;

    expect(letter.destinations).toEqual(['alice@example.org']);
    expect(letter.tags).toEqual({ meeting: meeting.id, occasion: '1', participant: 'organizer' });
    expect(letter.from).toMatchObject({ name: 'Meetings', address: 'meetings@example.org' });
    expect(letter.to).toMatchObject([{ name: 'Alice Vidal', address: 'alice@example.org' }]);
    expect(letter.replyTo).toBeUndefined();
    expect(letter.subject).toBe('Scheduled: Planning (Wed, Mar 12, 10:00 AM GMT+0)');
    expect(letter.text?.replaceAll('\r\n', '\n')).toBe(`This meeting is scheduled, and you organize it.

Planning
Wednesday, March 12, 2036
10:00 AM – 11:00 AM GMT+0

Join: ${link}
By phone: +34999999999, code 234567891
Invited: Bob <b>, +34600000003, Nil Pla, eve@example.org

Bring figures.

-- 
This message was sent to alice@example.org about a meeting that you organize.
`);
    expect(letter.html).toContain('<bdi>Bob &lt;b&gt;</bdi><br>');
    expect(letter.html).toContain('<bdi>eve@example.org</bdi>');
    expect(letter.html).not.toMatch(/answer=|Can you make it|Organizer<|~/);
    expect(letter.method).toBe('REQUEST');
    expect(letter.lines).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'CALSCALE:GREGORIAN',
      'PRODID:-//meetings-and-public-rooms//EN',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      `UID:${meeting.id}.organizer@meet.example.org`,
      'SUMMARY:Planning',
      'DTSTAMP:20270201T100000Z',
      'DTSTART:20360312T100000Z',
      'DTEND:20360312T110000Z',
      'SEQUENCE:1',
      'STATUS:CONFIRMED',
      'ORGANIZER;CN="alice":mailto:meetings@example.org',
      `DESCRIPTION:Bring figures.\\n\\n${link}\\n\\n+34999999999 (PIN 234567891)`,
      `LOCATION:${link}`,
      `URL:${link}`,
      'ATTENDEE;CN="Alice Vidal";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:alice@example.org',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('is an update of the same entry where the meeting was moved, and takes it out where it was cancelled', async () => {
    const told = { organizerEntry: { ...entry, told: 2 }, revision: 2, sequence: 2 };
    const moved = await letterOf(told, { sequence: 2, reached: true });
    const cancelled = await letterOf({ ...told, status: 'cancelled' }, { sequence: 2, reached: true });

    expect(moved.subject).toMatch(/^Changed: Planning \(/);
    expect(moved.text).toMatch(/^The meeting that you organize has changed\. Here are the current details\.\r\n/);
    expect([moved.method, moved.lines.includes('SEQUENCE:2')]).toEqual(['REQUEST', true]);
    expect(moved.lines).toContain(`UID:${moved.meeting.id}.organizer@meet.example.org`);
    expect(cancelled.subject).toMatch(/^Cancelled: Planning \(/);
    expect(cancelled.text).toMatch(
      /^The meeting that you organize has been cancelled\. There is nothing you need to do\.\r\n/,
    );
    expect(cancelled.text).not.toContain('https://');
    expect([cancelled.method, cancelled.lines.includes('STATUS:CANCELLED')]).toEqual(['CANCEL', true]);
    expect(cancelled.lines).toContain(`UID:${cancelled.meeting.id}.organizer@meet.example.org`);
  });

  test.each([
    ['es', 'Programada: Planning (mié, 12 mar, 10:00 GMT+0)', 'Esta reunión está programada, y la organizas tú.'],
    ['ca', 'Programada: Planning (dc., 12 de març, 10:00 GMT+0)', 'Aquesta reunió està programada, i l’organitzes tu.'],
  ])('speaks the organizer’s own language before the meeting’s: %s', async (language, subject, lead) => {
    const id = `speaks-${language}`;
    await keepUser(service.table, { id, username: id, email: `${id}@example.org`, language });
    const letter = await letterOf({ organizerId: id, organizer: { username: id }, language: 'en' });

    expect(letter.subject).toBe(subject);
    expect(letter.text?.split('\r\n')[0]).toBe(lead);
  });

  test('names twenty of those invited and counts the others; not the organizer, whatever they are named by', async () => {
    const guests = Array.from({ length: 37 }, (_, index) =>
      participantOf({ id: `g${index}`, name: `Guest ${index}`, email: `g${index}@example.org` }),
    );
    const self = [
      participantOf({ id: 'self', userId: 'alice-id', name: 'Me' }),
      participantOf({ id: 'own', email: 'ALICE@example.org', name: 'My address' }),
    ];
    const { text, html } = await letterOf({ participants: [...self, ...guests] });

    const twenty = guests.slice(0, 20).map(({ name }) => name);
    expect(text).toContain(`\r\nInvited: ${twenty.join(', ')} and 17 more\r\n`);
    expect([...(html ?? '').matchAll(/<bdi>(Guest \d+)<\/bdi>/g)].map(([, name]) => name)).toEqual(twenty);
    expect(text).toContain('\r\nInvited: Guest 0, Guest 1, ');
    expect(text).toContain(', Guest 19 and 17 more\r\n');
    expect(html).toContain('<br>and 17 more');
    expect(`${text}${html}`).not.toMatch(/Guest 20|Me\b|My address/);
  });

  test('lists nobody where nobody was invited', async () => {
    const { text, html } = await letterOf({ participants: [] });

    expect(`${text}${html}`).not.toContain('Invited');
  });

  test('keeps the ORGANIZER that its calendar knows where mail comes from another address since', async () => {
    const { lines, source } = await letterOf({ organizerEntry: { ...entry, calendarAddress: 'old@example.org' } });

    expect(source).toBe('meetings@example.org');
    expect(lines).toContain('ORGANIZER;CN="alice":mailto:old@example.org');
  });

  test('is no news once another sequence is told', async () => {
    const meeting = await keepMeeting(service.table, { organizerEntry: { ...entry, told: 2 }, sequence: 2 });
    await handOver(deliver, [jobOf({ meetingId: meeting.id, participantId })]);

    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([{ state: 'superseded' }]);
  });
});

const guests = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `guest-${index}@example.org` }));

function post(participants: object[], more: object = {}) {
  const validSince = new Date(Date.now() + 3_600_000).toISOString();
  return call(doors.create, { claims: organizer, body: { name: 'Planning', participants, validSince, ...more } });
}

const of = ({ id }: { id: string }) => ({ claims: organizer, path: { id } });
const patch = (meeting: { id: string }, body: object) => call(doors.patch, { ...of(meeting), body });

/** What is owed to the organizer, as they read it. */
async function owed(meeting: { id: string }) {
  const { body } = await call(doors.invitations, of(meeting));
  return body.organizer.deliveries;
}

const pending = (sequence: number) => [
  { kind: 'invitation', channel: 'email', sequence, state: 'pending', attempts: 0 },
];

describe('an organizer is told', () => {
  test('of what was scheduled, and not of who joins or of what it is about', async () => {
    const { body: meeting } = await post(guests(1));
    expect(await owed(meeting)).toEqual(pending(0));

    await patch(meeting, { participants: guests(2) });
    await patch(meeting, { description: 'Figures', lobby: true });
    expect(await owed(meeting)).toEqual(pending(0));
  });

  test.each([
    ['name', { name: 'Another' }],
    ['start', { validSince: Date.now() + 7_200_000 }],
    ['link', { rotateLink: true }],
  ])('of another %s', async (_, change) => {
    const { body: meeting } = await post(guests(1));
    await patch(meeting, change);

    expect(await owed(meeting)).toEqual(pending(1));
  });

  test('when all are invited again', async () => {
    const { body: meeting } = await post(guests(1));
    await call(doors.again, of(meeting));

    expect(await owed(meeting)).toEqual(pending(1));
  });

  test('nothing of the end of what they were never told', async () => {
    const { body: meeting } = await post(guests(1));
    await call(doors.cancel, of(meeting));

    expect(await owed(meeting)).toEqual([]);
  });

  test('nothing where the meeting is silent, until it speaks', async () => {
    const { body: meeting } = await post(guests(1), { sendInvitations: false });
    expect(await owed(meeting)).toEqual([]);

    await patch(meeting, { sendInvitations: true });
    expect(await owed(meeting)).toEqual(pending(0));
  });

  test('nothing where they have no verified address', async () => {
    organizer = { ...organizer, email_verified: 'false' };
    const { body: meeting } = await post(guests(1));

    expect(await owed(meeting)).toEqual([]);
  });

  test('whoever scheduled it for them', async () => {
    await post([]);
    const validSince = new Date(Date.now() + 3_600_000).toISOString();
    const body = { name: 'For them', organizerId: organizer.sub, participants: [], validSince };
    const { body: meeting } = await call(doors.create, { claims: root, body });

    expect(await owed(meeting)).toEqual(pending(0));
  });
});

describe('the day’s mails of an organizer', () => {
  const counted = async () => {
    const key = `LIMIT#mail#${organizer.sub}#${Math.floor(Date.now() / 86_400_000)}`;
    return (await getRow(service.table, { pk: key, sk: key }))?.count;
  };

  test('hold their own', async () => {
    const refused = await post(guests(5));
    expect(refused).toMatchObject({ status: 429, body: { code: 'mails-per-day', requested: 6, allowed: 5 } });
    expect(refused.body.detail).toBe(
      'This would send 6 mails; the meetings of one organizer may cause 5 in a day (UTC).',
    );

    const { body: meeting } = await post(guests(1));
    expect(await counted()).toBe(2);
    await patch(meeting, { participants: guests(2) });
    expect(await counted()).toBe(3);
    expect((await patch(meeting, { name: 'Another' })).body).toMatchObject({ code: 'mails-per-day', requested: 3 });
  });
});
