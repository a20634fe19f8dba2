import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personalLinkOf } from '../../functions/meetings/links/personalLink.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { alice, bob, type Call, call, startService, type TestService, testSettings } from '../service.ts';

type Ask = (options: Call) => ReturnType<typeof call>;

let service: TestService;
const doors: Record<string, Ask> = {};
const use = (name: string, options: Call) => doors[name]?.(options) ?? Promise.reject(new Error(name));

beforeAll(async () => {
  service = await startService();
  const http = '../../functions/handlers/http';
  const handlers = {
    create: await import(`${http}/meetings/createMeeting.handler.ts`),
    read: await import(`${http}/meetings/readMeeting.handler.ts`),
    list: await import(`${http}/meetings/listMeetings.handler.ts`),
    patch: await import(`${http}/meetings/patchMeeting.handler.ts`),
    invitations: await import(`${http}/meetings/readInvitations.handler.ts`),
    calendar: await import(`${http}/meetings/readCalendar.handler.ts`),
    me: await import(`${http}/users/readMe.handler.ts`),
    open: await import(`${http}/rooms/openRoom.handler.ts`),
    host: await import(`${http}/rooms/createHostToken.handler.ts`),
  };
  for (const [name, { handler }] of Object.entries(handlers)) {
    doors[name] = (options) => call(handler as never, { claims: alice, ...options });
  }
  await use('me', { claims: bob });
});

afterAll(() => service.stop());

const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const people = [{ userId: 'bob-id' }, { email: 'carol@example.org', name: 'Carol' }, { phone: '+34600000002' }];

/** A meeting as it is kept, and the last segments of its people's links. */
async function schedule(fields: object = {}) {
  const body = { name: 'Planning', participants: people, validSince: soon(5), ...fields };
  const { body: made } = await use('create', { body });
  return kept(made.id);
}

async function kept(id: string) {
  const meeting = await meetingStore(service.table, 30).get(id);
  if (!meeting) throw new Error('no meeting');
  return { meeting, links: meeting.participants.map((person) => segmentOf(meeting, person)) };
}

function segmentOf(meeting: Meeting, person: { id: string }): string {
  const link = personalLinkOf(meeting, person, testSettings) ?? '';
  return link.slice(link.lastIndexOf('/') + 1);
}

const open = (link: string, headers = {}) => use('open', { path: { link }, headers });
const patch = (id: string, body: object) => use('patch', { path: { id }, body });

describe('the room behind a personal link', () => {
  test('opens as behind the meeting’s own, and says who comes and what to hand on', async () => {
    const { meeting, links } = await schedule();
    const own = await open(`${meeting.id}.${meeting.key}`);
    const answers = await Promise.all(links.map((link) => open(link)));
    const url = `https://meet.example.org/m/${meeting.id}.${meeting.key}`;
    const [first, second, third] = meeting.participants.map(({ id }) => id);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.map(({ body }) => body)).toEqual([
      { ...own.body, room: `${meeting.id}.${meeting.key}`, participant: { id: first, name: 'bob' }, url },
      { ...own.body, room: `${meeting.id}.${meeting.key}`, participant: { id: second, name: 'Carol' }, url },
      { ...own.body, room: `${meeting.id}.${meeting.key}`, participant: { id: third }, url },
    ]);
  });

  test('is the same page', async () => {
    const { meeting, links } = await schedule();
    const headers = { accept: 'text/html' };

    expect(await open(links[0] ?? '', headers)).toEqual(await open(`${meeting.id}.${meeting.key}`, headers));
  });

  test('before time: says who comes too', async () => {
    const { meeting, links } = await schedule({ validSince: soon(60) });

    expect(await open(links[1] ?? '')).toMatchObject({
      status: 403,
      body: {
        code: 'too-early',
        name: 'Planning',
        participant: { id: meeting.participants[1]?.id, name: 'Carol' },
        url: `https://meet.example.org/m/${meeting.id}.${meeting.key}`,
      },
    });
  });

  test('is there no more for whoever was taken off, nor behind a link that was rotated', async () => {
    const { meeting, links } = await schedule();
    await patch(meeting.id, { participants: people.slice(0, 2) });
    const [bobs = '', carols = '', theirs = ''] = links;
    const noRoom = {
      status: 404,
      body: { code: 'no-such-room', detail: 'There is no room behind this link.' },
    };

    expect(await open(theirs)).toMatchObject(noRoom);
    expect(await open(bobs)).toMatchObject({ status: 200 });

    await patch(meeting.id, { rotateLink: true });
    const rotated = await kept(meeting.id);

    expect(await open(carols)).toMatchObject(noRoom);
    expect(await open(rotated.links[1] ?? '')).toMatchObject({ status: 200, body: { participant: { name: 'Carol' } } });
  });

  test('is opened by no link of another, nor by one with a wrong key', async () => {
    const { meeting, links } = await schedule();
    const [bobs = '', carols = ''] = links.map((link) => link.slice(link.lastIndexOf('.') + 1));
    const [first, second] = meeting.participants.map(({ id }) => id);
    const link = `${meeting.id}.${meeting.key}`;
    const wrong = [
      `${link}~${first}.${carols}`,
      `${link}~${second}.${bobs}`,
      `${meeting.id}.${'0'.repeat(16)}~${first}.${bobs}`,
      `${link}~${first}.`,
      `${link}~.${bobs}`,
      `${link}~${first}`,
      `${link}~`,
      `~${first}.${bobs}`,
      `${link}~${first}.${bobs}~${first}.${bobs}`,
      `${link}~organizer.${bobs}`,
    ];
    const answers = await Promise.all(wrong.map((text) => open(text)));

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(wrong.map(() => [404, 'no-such-room']));
  });
});

test('a meeting’s seal is in no reply, whoever asks', async () => {
  const { meeting, links } = await schedule();
  const { id, seal } = meeting;
  const replies = await Promise.all([
    use('read', { path: { id } }),
    use('read', { path: { id }, claims: bob }),
    use('list', {}),
    use('invitations', { path: { id } }),
    use('calendar', { path: { id } }),
    patch(id, { name: 'Review' }),
    use('host', { path: { id } }),
    open(`${id}.${meeting.key}`),
    ...links.map((link) => open(link)),
  ]);

  expect(seal).toMatch(/^[0-9a-z]{26}$/);
  expect(replies.map(({ status }) => status).every((status) => status < 300)).toBe(true);
  expect(JSON.stringify(replies)).not.toContain(seal);
});

test('the calendar file of whoever takes part leads to their own link, and the organizer’s to the meeting’s', async () => {
  const { meeting, links } = await schedule();
  const { id, key } = meeting;
  const read = async (claims: typeof bob) => {
    const { body } = await use('calendar', { path: { id }, claims });
    const lines: string[] = body.replace(/\r\n /g, '').split('\r\n');
    return lines.filter((line) => line.includes('/m/'));
  };
  const linesOf = (url: string) => [`DESCRIPTION:${url}`, `LOCATION:${url}`, `URL:${url}`];
  const [toBob, toAlice] = [await read(bob), await read(alice)];

  expect(toAlice.map((line) => line.replace(/\\n.*/, ''))).toEqual(linesOf(`https://meet.example.org/m/${id}.${key}`));
  expect(toBob.map((line) => line.replace(/\\n.*/, ''))).toEqual(linesOf(`https://meet.example.org/m/${links[0]}`));
});
