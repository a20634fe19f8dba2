import { createRequire } from 'node:module';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { linkOf } from '../../../functions/meetings/links/link.ts';
import { personalLinkOf, shortCodeOf } from '../../../functions/meetings/links/personalLink.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { meetingKey } from '../../../functions/meetings/meetingStore.ts';
import { queryRows, type Row } from '../../../functions/runtime/table.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { type Bitly, made, startBitly } from '../../bitly.ts';
import { testBundles } from '../../bundles.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService, testSettings } from '../../service.ts';
import { catchWaits } from '../../waits.ts';
import { handOver, keepMeeting, takeJobs, writeMeeting } from '../deliveries.ts';

const start = Date.now();
const token = 'the-secret-bitly-token-0123456789';
const shortUrl = 'https://bit.ly/4aBcDeF';
const warning = 'The short link could not be made; the long one serves';

type Follow = (event: DynamoDBStreamEvent) => Promise<unknown>;

let aws: TestAws;
let bitly: Bitly;
let service: TestService;
let log: LogLines;
let deliver: Parameters<typeof handOver>[0];
let follow: Follow;

const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const carol = participantOf({ id: 'carol', phone: '+34600000003' });
const everybody = { participants: [bob, carol] };
const longUrlOf = (meeting: Meeting) => linkOf(meeting, testSettings);

beforeAll(async () => {
  aws = await startAws();
  bitly = await startBitly();
  service = await startService({ shortenerToken: { store: 'ssm', id: '/meetings/bitly' } });
  aws.secrets.set('/meetings/bitly', token);
  log = catchLog();
  ({ handler: deliver } = await import('../../../functions/handlers/queue/deliver.handler.ts'));
  ({ handler: follow } = await import('../../../functions/handlers/stream/onMeetingChanged.handler.ts'));
});

let minutes = 0;

beforeEach(() => {
  // After a failure Bitly is left alone for half a minute: each test begins a minute after the one before it.
  minutes += 1;
  vi.useFakeTimers({ toFake: ['Date'], now: start + minutes * 60_000 });
  takeJobs(aws.queue);
  log.clear();
  bitly.asked.length = 0;
  bitly.behave(made(shortUrl));
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(async () => {
  log.stop();
  await bitly.stop();
  await service.stop();
  await aws.stop();
});

/** Has the stream tell of a meeting. */
async function changed({ id }: Meeting, by = follow) {
  const Keys = marshall(meetingKey(id));
  const dynamodb = { Keys, SequenceNumber: '1', StreamViewType: 'NEW_AND_OLD_IMAGES' };
  await by({ Records: [{ eventID: '1', eventName: 'INSERT', dynamodb }] } as never);
}

async function linkRows({ id }: Meeting): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of queryRows(service.table, `MEETING#${id}`, 'LINK#')) rows.push(row);
  return rows;
}

async function sentFor(meeting: Meeting) {
  await handOver(deliver, takeJobs(aws.queue));
  const mail = aws.mailbox.mails().find(({ tags }) => tags.meeting === meeting.id);
  const sms = aws.phones.sms.all().at(-1);
  return { mail: decoded(mail?.raw), sms: sms?.message ?? '' };
}

/** Every base64 part of a mail, as text. */
function decoded(raw: Buffer | undefined): string {
  const parts = String(raw).split(/^--/m);
  return parts.map((part) => Buffer.from(part.split('\r\n\r\n')[1] ?? '', 'base64').toString()).join('\n');
}

describe('a short link', () => {
  test('is made once for a meeting URL, and used in SMS, while mail and calendar lead to each person’s own', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    await changed(meeting);
    await changed(meeting);
    const { mail, sms } = await sentFor(meeting);

    expect(bitly.asked).toMatchObject([
      {
        host: 'api-ssl.bitly.com',
        path: '/v4/shorten',
        headers: { authorization: `Bearer ${token}` },
        body: { long_url: longUrlOf(meeting), domain: 'bit.ly' },
      },
    ]);
    expect(sms).toContain(shortUrl);
    expect(sms).not.toContain(meeting.key);
    const own = personalLinkOf(meeting, bob, testSettings);
    expect(own).toMatch(/~bob\.[0-9a-z]{16}$/);
    expect(mail.slice(0, mail.indexOf('BEGIN:VCALENDAR'))).toContain(`Join: ${own}`);
    expect(mail.replace(/\r\n /g, '')).toContain(`URL:${own}\r\n`);
    expect(mail).not.toContain(shortUrl);
  });

  test('is made by the bundle that is shipped', async () => {
    const bundles = await testBundles();
    const { handler } = createRequire(import.meta.url)(bundles('stream/onMeetingChanged')) as { handler: Follow };
    const meeting = await keepMeeting(service.table, everybody);
    await changed(meeting, handler);

    expect(bitly.asked).toMatchObject([{ host: 'api-ssl.bitly.com', body: { long_url: longUrlOf(meeting) } }]);
    expect(await linkRows(meeting)).toMatchObject([{ shortUrl }]);
  });

  test('lives as long as the meeting, also where that ends later than it did', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    await changed(meeting);
    const later = {
      ...meeting,
      validUntil: new Date(meeting.validUntil.getTime() + 7_200_000),
      revision: 2,
      sequence: 2,
    };
    await writeMeeting(service.table, later);
    await changed(later);

    expect(bitly.asked).toHaveLength(1);
    const expiresAt = Math.floor(later.validUntil.getTime() / 1_000) + 30 * 86_400;
    expect(await linkRows(meeting)).toMatchObject([{ shortUrl, expiresAt }]);
  });

  test('is another where the meeting has another link', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    await changed(meeting);
    bitly.behave(made('https://bit.ly/second'));
    const rotated = { ...meeting, key: 'another-key-0000', revision: 2, sequence: 2 };
    await writeMeeting(service.table, rotated);
    await changed(rotated);

    expect(bitly.asked.map(({ body }) => body.long_url)).toEqual([longUrlOf(meeting), longUrlOf(rotated)]);
    expect((await sentFor(rotated)).sms).toContain('https://bit.ly/second');
  });

  test.each([
    ['is cancelled', { status: 'cancelled' }],
    ['has ended', { validUntil: new Date(start - 1_000) }],
  ] as const)('is not made of a meeting that %s', async (_, over) => {
    await changed(await keepMeeting(service.table, { ...everybody, ...over }));

    expect(bitly.asked).toEqual([]);
  });
});

describe('where Bitly fails a link of the service’s own serves, and nothing of the token or the link is logged:', () => {
  const failures: [what: string, behaviour: Parameters<Bitly['behave']>[0]][] = [
    ['it refuses the token', () => ({ status: 403, body: { message: 'FORBIDDEN', resource: 'bitlinks' } })],
    ['it has had enough', () => ({ status: 429, body: { message: 'MONTHLY_RATE_LIMIT_EXCEEDED' } })],
    [
      'it repeats what it was sent',
      ({ headers, body }) => ({ status: 400, body: { message: `${headers.authorization} ${body.long_url}` } }),
    ],
    ['it answers with text', () => ({ status: 502, body: '<html>Bad gateway</html>' })],
    ['it answers with nothing', () => ({ status: 200, body: '' })],
    ['it hangs up', 'hangUp'],
    ['its link is of another host', made('https://evil.example/4aBcDeF')],
    ['its link is of a host that looks alike', made('https://bit.ly.evil.example/4aBcDeF')],
    ['its link carries a user', made('https://bit.ly@evil.example/4aBcDeF')],
    ['its link is not https', made('http://bit.ly/4aBcDeF')],
    ['its link is long', made(`https://bit.ly/${'x'.repeat(60)}`)],
    ['its link holds a line end', made('https://bit.ly/4aBcDeF\r\nx')],
    ['its link leads on', made('https://bit.ly/4aBcDeF?next=https://evil.example')],
  ];

  test.each(failures)('%s', async (_, behaviour) => {
    bitly.behave(behaviour);
    const meeting = await keepMeeting(service.table, everybody);
    await changed(meeting);
    const { mail, sms } = await sentFor(meeting);

    expect(bitly.asked).toHaveLength(1);
    expect(mail).toContain(longUrlOf(meeting));
    expect(sms).toContain(`https://meet.example.org/j/${shortCodeOf(meeting, carol)}`);
    expect(await linkRows(meeting)).toEqual([]);
    expect(log.of(warning)).toMatchObject([
      { level: 'warn', meetingId: meeting.id, error: { name: 'NoShortLink', message: expect.any(String) } },
    ]);
    for (const secret of [token, meeting.key, 'evil', 'Bearer'])
      expect(JSON.stringify(log.all())).not.toContain(secret);
  });

  test('it says why, in a word of its own', async () => {
    bitly.behave(() => ({ status: 403, body: { message: 'FORBIDDEN' } }));
    await changed(await keepMeeting(service.table, everybody));

    expect(log.of(warning)).toMatchObject([{ error: { message: 'Bitly gave no short link: FORBIDDEN' } }]);
  });

  test('it is silent for 2 seconds', async () => {
    bitly.behave('silent');
    const meeting = await keepMeeting(service.table, everybody);
    const waits = catchWaits();
    await changed(meeting);

    expect(waits).toEqual([2_000]);
    expect(log.of(warning)).toMatchObject([{ error: { message: 'Bitly did not answer in time' } }]);
    expect((await sentFor(meeting)).sms).toContain(`https://meet.example.org/j/${shortCodeOf(meeting, carol)}`);
  });

  test('its token cannot be read', async () => {
    aws.secrets.delete('/meetings/bitly');
    vi.resetModules();
    const { handler } = await import('../../../functions/handlers/stream/onMeetingChanged.handler.ts');
    const meeting = await keepMeeting(service.table, everybody);
    await changed(meeting, handler);
    aws.secrets.set('/meetings/bitly', token);

    expect(bitly.asked).toEqual([]);
    expect(log.of(warning)).toMatchObject([
      { level: 'warn', meetingId: meeting.id, error: { name: 'ParameterNotFound' } },
    ]);
  });

  test('meetings do not wait for it one after another, and it is asked again later', async () => {
    bitly.behave('hangUp');
    const [one, two] = [await keepMeeting(service.table, everybody), await keepMeeting(service.table, everybody)];
    await changed(one);
    await changed(two);
    expect(bitly.asked).toHaveLength(1);

    bitly.behave(made(shortUrl));
    vi.setSystemTime(Date.now() + 31_000);
    await changed(two);
    expect(await linkRows(two)).toMatchObject([{ shortUrl }]);
  });
});

test('the token is read once', async () => {
  await changed(await keepMeeting(service.table, everybody));
  const before = aws.calls('ssm.GetParameter');
  await changed(await keepMeeting(service.table, everybody));

  expect(bitly.asked).toHaveLength(2);
  expect(aws.calls('ssm.GetParameter')).toBe(before);
});
