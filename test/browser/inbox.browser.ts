import { createServer, type Server } from 'node:http';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type InboxService, startInboxService } from '../local/inbox/inboxService.ts';
import { calendarOf, mailOf } from '../local/inbox/mails.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';
import { patienceMs, startBrowser } from './people.ts';

const hostile = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`;
const hostileHtml = `<!doctype html><html><body><h1>Hello Ana</h1>${hostile.replaceAll('document.title', 'top.document.title')}
<script>parent.postMessage('taken', '*'); fetch('/_local/state')</script><img src="/_local/tracker"><a id="join" href="/joined">Join</a>
<form action="/_local/stolen"><button>Send</button></form></body></html>`;

let browser: Browser;
let service: InboxService;
let server: Server;
let origin: string;
const asked: string[] = [];

beforeAll(async () => {
  [browser, service] = await Promise.all([startBrowser(), startInboxService()]);
  server = createServer(async ({ method = 'GET', url = '/', headers }, response) => {
    asked.push(url);
    const path = url.startsWith('/_local/') ? url.slice('/_local/'.length) : undefined;
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const reply = path === undefined ? undefined : await service.get(path, given, method);
    for (const [name, value] of Object.entries(reply?.headers ?? {})) response.setHeader(name, value);
    response.writeHead(reply?.status ?? 200).end(reply?.body ?? 'joined');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  asked.length = 0;
});

afterAll(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
  await service.stop();
});

async function openInbox(fragment = '', width = 1400): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto(`${origin}/_local/${fragment}`);
  await page.locator('.frame').waitFor();
  return { page, faults };
}

const titles = (page: Page) => page.locator('.entry .title').allTextContents();
const chosen = (page: Page) => page.locator('.entry[aria-current] .title').textContent();

test('says what to paste while there is nothing', async () => {
  const { page } = await openInbox();

  await page.getByText('No meeting yet.').waitFor();
  expect(await page.locator('.paste pre').textContent()).toContain('curl -i http://127.0.0.1:8787/meetings');
});

test('shows what comes by itself, and keeps what is chosen', async () => {
  const { page } = await openInbox();
  await service.keepMeeting(meetingOf({ id: 'one', name: 'First' }));
  await page.locator('.entry[aria-current]').getByText('First').waitFor();
  await page.locator('#search').fill('i');

  await service.keepMeeting(meetingOf({ id: 'two', name: 'Third', created: new Date('2027-02-02T10:00:00Z') }));
  await page.locator('.entry').getByText('Third').waitFor();

  expect(await titles(page)).toEqual(['Third', 'First']);
  expect(await chosen(page)).toBe('First');
  expect(await page.locator('#search').inputValue()).toBe('i');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
});

test('is used by keys: down and up choose, / searches, Enter goes into what is chosen', async () => {
  const { page } = await openInbox();
  await page.locator('.entry[aria-current]').getByText('Third').waitFor();

  await page.keyboard.press('ArrowDown');
  expect(await chosen(page)).toBe('First');
  await page.keyboard.press('ArrowUp');
  expect(await chosen(page)).toBe('Third');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'detail-title');
  await page.keyboard.press('/');
  await page.keyboard.type('FIRST');
  expect(await titles(page)).toEqual(['First']);
  await page.keyboard.press('Escape');
  expect(await titles(page)).toEqual(['Third', 'First']);
});

test('takes a hostile name for text', async () => {
  const mallory = participantOf({ id: 'mallory', name: hostile, email: 'mallory@example.org' });
  const created = new Date('2027-02-03T10:00:00Z');
  await service.keepMeeting(
    meetingOf({ id: 'three', name: hostile, description: hostile, participants: [mallory], created }),
  );
  const { page, faults } = await openInbox('#/meetings/three');
  await page.locator('#detail-title').waitFor();

  expect(await page.locator('#detail-title').textContent()).toBe(hostile);
  expect(await page.locator('.people .who').last().textContent()).toBe(hostile);
  expect(await page.locator('main img, main script').count()).toBe(0);
  expect(await page.title()).toBe('Inbox of the local service');
  expect(faults).toEqual([]);
});

test('shows the html of a hostile mail, which can run nothing, reach nothing and send nothing', async () => {
  service.mailbox.keep(mailOf({ id: 'bad', subject: 'Hello', html: hostileHtml, calendar: calendarOf('Planning') }));
  const { page, faults } = await openInbox('#/mails/bad');
  await page.evaluate(() => addEventListener('message', () => { document.title = 'taken'; })); // biome-ignore format: one line
  const frame = page.frameLocator('iframe.letter');
  await frame.getByRole('heading', { name: 'Hello Ana' }).waitFor();
  await frame.getByRole('button', { name: 'Send' }).click();

  const sandbox = (await page.locator('iframe.letter').getAttribute('sandbox'))?.split(' ');
  expect(sandbox).toEqual(['allow-popups', 'allow-popups-to-escape-sandbox']);
  const [popup] = await Promise.all([page.waitForEvent('popup'), frame.locator('#join').click()]);
  await popup.waitForURL(`${origin}/joined`);
  expect(await page.title()).toBe('Inbox of the local service');
  expect(faults).toEqual([]);
  expect(asked.filter((url) => /tracker|stolen|\/x$/.test(url))).toEqual([]);
});

test('shows the calendar of a mail as a card, and a mail for download', async () => {
  const { page } = await openInbox('#/mails/bad/calendar');

  await page.locator('.calendar').getByRole('heading', { name: 'Planning' }).waitFor();
  expect(await page.locator('.calendar').textContent()).toContain('alice <alice@example.org>');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as .eml' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('bad.eml');
});

test('is one column on a phone: a list, what was chosen of it, and back', async () => {
  const { page } = await openInbox('#/meetings', 400);
  await page.locator('.entry').getByText('First').click();
  await page.locator('#detail-title').getByText('First').waitFor();
  expect(await page.locator('.list').isVisible()).toBe(false);

  await page.getByRole('link', { name: 'Meetings', exact: true }).click();
  await page.locator('.list').waitFor();
  expect(await page.locator('.detail').isVisible()).toBe(false);
});

test('says when the service does not answer, and finds it again', async () => {
  const { page } = await openInbox('#/meetings');
  await page.route('**/_local/state', (route) => route.abort());
  await page.getByText('The service does not answer').waitFor();
  await page.unroute('**/_local/state');
  await page.getByText(/^Live at/).waitFor();
});

const looks = [
  { colorScheme: 'light', width: 1400 },
  { colorScheme: 'dark', width: 1400 },
  { colorScheme: 'light', width: 900 },
  { colorScheme: 'light', width: 400 },
  { colorScheme: 'dark', width: 400 },
] as const;

const places = ['#/meetings/three', '#/mails/bad', '#/mails/bad/calendar', '#/mails/bad/headers', '#/mails/bad/source', '#/sms/s', '#/pushes/p', '#/deliveries', '#/functions/Deliver', '#/denied', '#/logs']; // biome-ignore format: one line

test.each(looks)(
  'has no fault that axe finds, and nothing too wide: $colorScheme, $width',
  async ({ colorScheme, width }) => {
    const job = {
      meetingId: 'three',
      participantId: 'mallory',
      channel: 'email',
      kind: 'invitation',
      sequence: 1,
      reached: false,
    } as const;
    await service.keepDelivery(job, { state: 'failed', reason: 'No such mailbox' });
    const sent = { sentBy: 'Deliver', sentAt: '2027-02-01T10:00:00.000Z', attributes: {} };
    service.phones.sms.keep({ ...sent, messageId: 's', phoneNumber: '+34600000009', message: 'Planning' });
    const payload = JSON.stringify({ notification: { title: 'Planning', body: 'Starts soon' } });
    service.phones.pushes.keep({ ...sent, messageId: 'p', endpointArn: 'a', platform: 'GCM', token: 't', payload });
    service.calls.add('Deliver', 'ses', 'SendRawEmail');
    service.log(
      'Deliver',
      JSON.stringify({ level: 'error', message: 'It failed', time: sent.sentAt, channel: 'email' }),
    );
    const { page } = await openInbox('', width);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });

    for (const place of places) {
      await page.goto(`${origin}/_local/${place}`);
      await page.reload();
      await page.locator('.frame').waitFor();
      if (place.includes('bad')) await page.locator('.tabs').waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<AxeResults>('axe.run(document, { iframes: false })');
      expect(violations.map(({ id, nodes }) => `${place} ${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(width);
    }
  },
);
