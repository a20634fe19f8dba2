import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createInboxPages } from '../../../infra/local/inbox/inboxPages.ts';
import { type LocalService, startLocalService } from '../../../infra/local/localService.ts';
import { callAs } from '../../../infra/run/demo/call.ts';
import { demoSettings } from '../../../infra/run/demo/demoSettings.ts';
import { meetingsInbox } from '../../../infra/run/inbox/meetingsInbox.ts';
import { synthesizeInto } from '../../../infra/run/synthesizeInto.ts';
import { type Palette, paintCamera, palettes } from '../paintedCamera.ts';
import { join, newPerson, startBrowser } from '../people.ts';
import { film, type Scene, screenshot, terminal } from './film.ts';

const viewport = { width: 1000, height: 625 };

/** `npm run tour`: schedules a meeting, looks at all that follows as people see it, and writes the README's moving picture. */
async function record(): Promise<void> {
  const stateDirectory = mkdtempSync(joinPath(tmpdir(), 'tour-'));
  const service = await startLocalService({
    stateDirectory,
    deployment: (directory) => synthesizeInto(directory, { meetings: demoSettings }),
    pages: createInboxPages(meetingsInbox),
  });
  const browser = await startBrowser();
  try {
    const { scene, url } = await schedule(service);
    const scenes = [
      scene,
      await mail(service, browser),
      ...(await room(browser, url)),
      await reminder(service, browser),
    ];
    writeFileSync(new URL('../../../docs/images/tour.svg', import.meta.url), film(scenes));
  } finally {
    await browser.close();
    await service.stop();
    rmSync(stateDirectory, { recursive: true, force: true });
  }
}

async function schedule(service: LocalService): Promise<{ scene: Scene; url: string }> {
  await callAs(service, 'alice', 'PUT', '/users/me/devices/phone', { platform: 'fcm', token: 'phone-of-alice' });
  const body = {
    name: 'Spring planning',
    validSince: Math.ceil(Date.now() / 60_000) * 60_000 + 60_000,
    participants: [
      { name: 'Bea', email: 'bea@example.org' },
      { name: 'Marta', email: 'marta@example.org', language: 'ca' },
      { phone: '+34600000009', language: 'es' },
    ],
  };
  const { status, json } = await callAs<{ id: string; url: string }>(service, 'alice', 'POST', '/meetings', body);
  if (status !== 201) throw new Error(`POST /meetings was answered with ${status}`);
  const lines = [
    '$ curl https://meetings.example.org/meetings -H "authorization: Bearer $TOKEN" \\',
    `    -H 'content-type: application/json' -d '{`,
    '  "name": "Spring planning",',
    `  "validSince": "${new Date(body.validSince).toISOString().replace('.000', '')}",`,
    '  "participants": [',
    '    { "name": "Bea", "email": "bea@example.org" },',
    '    { "name": "Marta", "email": "marta@example.org", "language": "ca" },',
    '    { "phone": "+34600000009", "language": "es" }',
    "  ]}'",
    '',
    'HTTP/2 201',
    `location: /meetings/${json.id}`,
    'etag: "1"',
    '',
    '{ "url":',
    `  "https://meetings.example.org${new URL(json.url).pathname}", … }`,
  ];
  return { scene: { caption: 'One call schedules a meeting.', picture: terminal(lines) }, url: json.url };
}

async function mail(service: LocalService, browser: Browser): Promise<Scene> {
  await until('the mails and the SMS', () => service.mails().length === 3 && service.sms().length === 1);
  const page = await openPage(browser, `${service.url}/_local/#/mails`);
  await page.locator('.entry').filter({ hasText: 'Bea' }).first().click();
  await page.frameLocator('iframe').getByText('Spring planning').first().waitFor();
  return scene(page, 'Each is invited in their language: a mail with its calendar entry, or an SMS.');
}

async function room(browser: Browser, url: string): Promise<Scene[]> {
  const alice = await openPage(browser, url, palettes.ana);
  await alice.getByLabel('Your name').fill('Alice');
  await alice.locator('video').first().waitFor();
  const lobby = await scene(alice, 'The link opens a room in the browser: nothing to install, no account.');
  await alice.getByRole('button', { name: 'Join' }).click();
  for (const [name, palette] of Object.entries({ Bea: palettes.bea, Marta: palettes.marta })) {
    const page = await openPage(browser, 'about:blank', palette);
    await join(page, url, name);
    await page.getByRole('group', { name: 'Controls' }).waitFor();
    if (name === 'Marta') await page.getByRole('button', { name: 'Share the screen' }).click();
  }
  await alice.waitForFunction(
    () => [...document.querySelectorAll('video')].filter((one) => one.videoWidth > 0).length > 3,
  );
  return [lobby, await scene(alice, 'They talk, share a screen, write. What the page shows is what it sends.')];
}

async function reminder(service: LocalService, browser: Browser): Promise<Scene> {
  await until('the reminder', () => service.pushes().length === 1);
  const page = await openPage(browser, `${service.url}/_local/#/pushes`);
  await page.locator('.entry').first().click();
  return scene(page, 'A push reminds before the start. All of this ran on one machine.');
}

async function openPage(browser: Browser, url: string, palette?: Palette): Promise<Page> {
  const context = await newPerson(browser, { viewport, reducedMotion: 'reduce' });
  if (palette) await paintCamera(context, palette);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function scene(page: Page, caption: string): Promise<Scene> {
  await page.evaluate(() => document.fonts.ready);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 72 });
  return { caption, picture: screenshot(Buffer.from(data, 'base64')) };
}

/** @throws where it has not come within two minutes */
async function until(what: string, isThere: () => boolean): Promise<void> {
  for (const end = Date.now() + 120_000; !isThere(); ) {
    if (Date.now() > end) throw new Error(`In vain waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await record();
