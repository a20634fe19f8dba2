import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { smsSize } from '../../../functions/deliveries/channels/sms/smsSize.ts';
import { ownLinkStore } from '../../../functions/deliveries/shortLinks/ownLinkStore.ts';
import { personalLinkOf, shortCodeOf } from '../../../functions/meetings/links/personalLink.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { meetingStore } from '../../../functions/meetings/meetingStore.ts';
import { getRow } from '../../../functions/runtime/table.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { call, startService, type TestService, testSettings } from '../../service.ts';
import { handOver, jobOf, keepMeeting } from '../deliveries.ts';

/** As API Gateway names itself. */
const linkHost = 'https://abcdefghij.execute-api.eu-west-1.amazonaws.com';
const carol = participantOf({ id: 'carol0000000', phone: '+34600000003' });
const dave = participantOf({ id: 'dave00000000', phone: '+34600000004' });

let aws: TestAws;
let service: TestService;
let log: LogLines;
let deliver: Parameters<typeof handOver>[0];
let follow: (code: string, headers?: Record<string, string>) => ReturnType<typeof call>;

beforeAll(async () => {
  aws = await startAws();
  service = await startService({ linkHost, pstnExtension: undefined });
  log = catchLog();
  ({ handler: deliver } = await import('../../../functions/handlers/queue/deliver.handler.ts'));
  const { handler } = await import('../../../functions/handlers/http/rooms/followShortLink.handler.ts');
  follow = (code, headers = {}) => call(handler as never, { path: { code }, headers });
});

beforeEach(() => log.clear());

afterAll(async () => {
  vi.useRealTimers();
  log.stop();
  await service.stop();
  await aws.stop();
});

const codeOf = (meeting: Meeting, person = carol) => shortCodeOf(meeting, person) ?? '';
const personal = (meeting: Meeting) => personalLinkOf(meeting, carol, { ...testSettings, linkHost });
const rowOf = (code: string) => getRow(service.table, { pk: `SHORT#${code}`, sk: `SHORT#${code}` });

async function texted(meeting: Meeting, changes: object = {}): Promise<string> {
  const job = jobOf({ meetingId: meeting.id, participantId: carol.id, channel: 'sms', ...changes });
  expect(await handOver(deliver, [job])).toEqual([]);
  return aws.phones.sms.all().at(-1)?.message ?? '';
}

async function invited(changes: Partial<Meeting> = {}) {
  const meeting = await keepMeeting(service.table, { participants: [carol, dave], ...changes });
  return { meeting, message: await texted(meeting) };
}

async function change(meeting: Meeting, changes: Partial<Meeting>): Promise<Meeting> {
  const changed = { ...meeting, ...changes, revision: meeting.revision + 1 };
  expect(await meetingStore(service.table, 30).change(meeting, changed)).toBe(true);
  return changed;
}

/** The whole answer for a link that leads nowhere. */
const nowhere = {
  status: 404,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  body: {
    type: '/docs/problems.md#no-such-room',
    title: 'There is no such room',
    status: 404,
    code: 'no-such-room',
    detail: 'There is no room behind this link.',
    instance: 'urn:request:request-1',
  },
};

describe('the short link of an SMS', () => {
  test('leads to its reader’s own link, and the SMS fits one part', async () => {
    const { meeting, message } = await invited({ name: 'Weekly review of the northern plans.' });
    const code = codeOf(meeting);

    expect(code).toMatch(/^[0-9a-z]{12}$/);
    expect(message).toContain(`Weekly review of the northern plans.`);
    expect(message).toContain(` ${linkHost}/j/${code}`);
    expect(smsSize(message)).toMatchObject({ alphabet: 'GSM-7', parts: 1 });
    expect(await follow(code)).toEqual({
      status: 302,
      headers: { location: personal(meeting), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      body: undefined,
    });
    expect(log.of('Short link missed')).toEqual([]);
  });

  test('is kept as ids, as long as the meeting, and is another’s for another', async () => {
    const { meeting } = await invited();

    expect(await rowOf(codeOf(meeting))).toEqual({
      pk: `SHORT#${codeOf(meeting)}`,
      sk: `SHORT#${codeOf(meeting)}`,
      meetingId: meeting.id,
      participantId: carol.id,
      expiresAt: Math.floor(meeting.validUntil.getTime() / 1_000) + 30 * 86_400,
    });
    expect(codeOf(meeting, dave)).not.toBe(codeOf(meeting));
  });

  test('is the same in a later SMS, and lives longer where the meeting does', async () => {
    const { meeting } = await invited();
    const validUntil = new Date(meeting.validUntil.getTime() + 7_200_000);
    const people = [{ ...carol, told: 2 }, dave];
    const moved = await change(meeting, { validUntil, participants: people, sequence: 2 });
    const message = await texted(moved, { sequence: 2, reached: true });

    expect(message).toContain(`${linkHost}/j/${codeOf(meeting)}`);
    expect(await rowOf(codeOf(meeting))).toMatchObject({ expiresAt: validUntil.getTime() / 1_000 + 30 * 86_400 });
  });

  test('ends when its reader is taken off, the link is rotated, or its time is over', async () => {
    const { meeting: left } = await invited();
    const { meeting: rotated } = await invited();
    const { meeting: over } = await invited();
    await change(left, { participants: [dave] });
    await change(rotated, { key: 'another000000000' });
    expect(await follow(codeOf(over))).toMatchObject({ status: 302 });
    vi.useFakeTimers({ toFake: ['Date'], now: over.validUntil.getTime() + 30 * 86_400_000 });

    for (const meeting of [left, rotated, over]) expect(await follow(codeOf(meeting))).toEqual(nowhere);
    vi.useRealTimers();
    expect(log.of('Short link missed')).toHaveLength(3);
  });

  test.each(['', 'x', '000000000000', 'ABCDEFGHJKMN', '0'.repeat(13), '../../x', 'o00000000000'])(
    'leads nowhere as %j, and the log says so',
    async (code) => {
      expect(await follow(code)).toEqual(nowhere);
      expect(log.of('Short link missed')).toHaveLength(1);
    },
  );

  test('is led nowhere else by a row that somebody else’s code has', async () => {
    const { meeting } = await invited();
    const links = ownLinkStore(service.table);
    const taken = { meetingId: 'another', participantId: 'x', expiresAt: 4_000_000_000 };

    expect(await links.keep(codeOf(meeting), taken)).toBe(false);
    expect(await links.keep('aaaaaaaaaaaa', { ...taken, meetingId: meeting.id, participantId: carol.id })).toBe(true);
    expect(await follow('aaaaaaaaaaaa')).toEqual(nowhere);
  });
});
