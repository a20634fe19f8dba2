import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { devicesInUse, join, newPerson, type PersonOptions, startBrowser } from './people.ts';
import { newPath, type RoomServer, startRoomServer } from './roomServer.ts';
import { hostToken, TestRoom } from './testRoom.ts';

let browser: Browser;
let server: RoomServer;
let requests: string[] = [];
let faults: string[] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startRoomServer()]);
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  requests = [];
  faults = [];
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(path: string, options: PersonOptions = {}): Promise<Page> {
  const page = await (await newPerson(browser, options)).newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(server.origin + path);
  return page;
}

const soon = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
const tooEarly = (opensIn: number) => ({
  problem: {
    code: 'too-early',
    sequence: 0,
    status: 403,
    name: 'Weekly planning',
    opensAt: soon(opensIn),
    validSince: soon(opensIn + 600_000),
    validUntil: soon(opensIn + 4_200_000),
    timeZone: 'Europe/Madrid',
  } as const,
});

describe('before its time', () => {
  test('the room counts down, and becomes the lobby by itself', async () => {
    const path = newPath();
    const opens = Date.now() + 240_000;
    server.answer(path, tooEarly(240_000));
    const page = await (await newPerson(browser)).newPage();
    await page.clock.install();
    await page.goto(server.origin + path);
    await page.getByRole('heading', { name: 'The room opens in' }).waitFor();
    await page.clock.pauseAt(opens - 10_000);
    await expect
      .poll(() => page.getByRole('timer').textContent())
      .toMatch(/00\s*hours\s*00\s*minutes\s*(09|1[01])\s*seconds/);
    server.answer(path, { room: new TestRoom(), facts: { name: 'Weekly planning' } });
    await page.clock.runFor(15_000);
    await page.clock.resume();
    await page.getByRole('button', { name: 'Join' }).waitFor();
    expect(await page.title()).toBe('Weekly planning – Meeting');
  });

  test('it goes by the service’s clock, not by that of a machine that is wrong', async () => {
    const path = newPath();
    server.answer(path, tooEarly(3_600_000));
    const page = await (await newPerson(browser)).newPage();
    let questions = 0;
    page.on('request', (request) => {
      if (request.resourceType() === 'fetch') questions += 1;
    });
    await page.clock.install({ time: Date.now() + 5 * 3_600_000 });
    await page.goto(server.origin + path);
    await page.getByRole('timer').waitFor();
    await page.clock.runFor(10_000);
    expect(questions).toBe(1);
    expect(await page.getByRole('timer').textContent()).toMatch(/^(01\s*hours\s*00|00\s*hours\s*59)/);
  });

  test('a meeting that is cancelled meanwhile says so when the page is looked at again', async () => {
    const path = newPath();
    server.answer(path, tooEarly(3_600_000));
    const page = await open(path);
    await page.getByRole('timer').waitFor();
    server.answer(path, { problem: { code: 'cancelled', status: 410, name: 'Weekly planning' } });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('heading', { name: 'This meeting was cancelled' }).waitFor();
  });

  test('it can be saved for a calendar', async () => {
    const path = newPath();
    server.answer(path, tooEarly(3_600_000));
    const page = await open(path);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Add to calendar' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('meeting.ics');
    expect(await readFile(await download.path(), 'utf8')).toContain(`URL:${server.origin}${path}`.slice(0, 70));
    expect(faults.filter((fault) => !fault.includes('403'))).toEqual([]);
  });
});

describe('a conference', () => {
  async function inRoom(room: TestRoom, path: string): Promise<Page> {
    server.answer(path, { room, facts: { name: 'Weekly planning' } });
    const page = await open(path);
    await join(page, server.origin + path, 'Ana');
    await page.getByRole('group', { name: 'Controls' }).waitFor();
    return page;
  }

  test('that is moved goes back to counting down', async () => {
    const [room, path] = [new TestRoom(), newPath()];
    const page = await inRoom(room, path);
    server.answer(path, tooEarly(7_200_000));
    room.tell({ type: 'ended', reason: 'moved', validSince: soon(7_800_000) });
    await page.getByText('The meeting has been moved').waitFor();
    await page.getByRole('timer').waitFor();
    expect(await devicesInUse(page)).toBe(0);
  });

  test.each([
    ['over', 'This meeting has ended', []],
    ['host', 'The host has ended the meeting', ['Try again']],
  ] as const)('that ends (%s) says so, and lets the devices go', async (reason, words, buttons) => {
    const [room, path] = [new TestRoom(), newPath()];
    const page = await inRoom(room, path);
    expect(await devicesInUse(page)).toBe(2);
    room.tell({ type: 'ended', reason });
    const heading = page.getByRole('heading', { name: words });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole('button').allTextContents(), 'what there is to press').toEqual(buttons);
    expect(await devicesInUse(page)).toBe(0);
  });

  test('is cancelled', async () => {
    const [room, path] = [new TestRoom(), newPath()];
    const page = await inRoom(room, path);
    server.answer(path, { problem: { code: 'cancelled', status: 410, name: 'Weekly planning' } });
    room.tell({ type: 'ended', reason: 'cancelled' });
    await page.getByRole('heading', { name: 'This meeting was cancelled' }).waitFor();
  });

  test('that nobody can join says why, and lets one try again', async () => {
    const [room, path] = [new TestRoom({ refusal: 'full' }), newPath()];
    server.answer(path, { room });
    const page = await open(path);
    await join(page, server.origin + path, 'Ana');
    await page.getByText('The room is full: it holds 8 people.').waitFor();
    room.refusal = undefined;
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test('that is full lets the next one in by itself, and takes the focus from nothing meanwhile', async () => {
    const [room, path] = [new TestRoom({ refusal: 'full' }), newPath()];
    server.answer(path, { room });
    const page = await open(path);
    await join(page, server.origin + path, 'Ana');
    const full = 'The room is full: it holds 8 people. This page takes you in by itself when someone has left.';
    await page.getByText(full).waitFor();
    await page.getByLabel('Your name').focus();
    const tried = room.sent.get('join') ?? 0;
    await expect.poll(() => room.sent.get('join') ?? 0).toBeGreaterThan(tried);
    await page.getByText(full).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');

    room.refusal = undefined;
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test('that is full lets one change one’s mind', async () => {
    const [room, path] = [new TestRoom({ refusal: 'full' }), newPath()];
    server.answer(path, { room });
    const page = await open(path);
    await join(page, server.origin + path, 'Ana');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The room is full').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Join' }).waitFor();
  });

  test('that the browser copies no link of shows it, to be copied by hand', async () => {
    const path = newPath();
    server.answer(path, { room: new TestRoom() });
    const page = await open(path);
    await page.getByRole('button', { name: 'Copy link' }).waitFor();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('No', 'NotAllowedError'));
    });
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = page.getByLabel('Your browser does not let this page copy. Copy the link by hand:');
    expect(await link.inputValue()).toBe(server.origin + path);
    await link.focus();
    expect(await page.evaluate(() => String(getSelection()))).toBe(server.origin + path);
  });

  test('that does not answer gives up, and says so', async () => {
    const [room, path] = [new TestRoom(), newPath()];
    server.answer(path, { room });
    const page = await open(path);
    server.away = true;
    await join(page, server.origin + path, 'Ana');
    await page.getByText('The room does not answer.').waitFor();
    server.away = false;
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });
});

describe('a meeting with a password', () => {
  const field = (page: Page) => page.getByLabel('Password');
  const isFocused = (page: Page, selector: string) =>
    page.locator(selector).evaluate((element) => element === document.activeElement);

  /** What a screen reader says of the field: its error is its description. */
  async function errorOf(page: Page): Promise<string | null> {
    expect(await field(page).getAttribute('aria-invalid')).toBe('true');
    const id = await field(page).getAttribute('aria-describedby');
    return await page.locator(`#${id}`).textContent();
  }

  test('is entered by the keyboard alone: without it, with a wrong one, with the right one', async () => {
    const [room, path] = [new TestRoom({ password: '730164' }), newPath()];
    server.answer(path, { room, facts: { name: 'Weekly planning' } });
    const page = await open(path);
    await page.getByLabel('Your name').fill('Ana');
    await page.keyboard.press('Tab');
    expect(await isFocused(page, '#password')).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('This meeting has a password. Please enter it.').waitFor();
    expect(await errorOf(page)).toBe('This meeting has a password. Please enter it.');
    expect(room.sent.get('join'), 'what nobody could be let in for').toBeUndefined();

    await page.keyboard.type('111111');
    await page.keyboard.press('Enter');
    await page.getByText('This password is wrong. Please enter it again.').waitFor();
    expect(await errorOf(page)).toBe('This password is wrong. Please enter it again.');
    expect(await isFocused(page, '#password')).toBe(true);
    expect(await field(page).inputValue()).toBe('');

    await page.keyboard.type(' 730164 ');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test('shows nobody what is typed, and has no browser keep or offer it', async () => {
    const [room, path] = [new TestRoom({ password: '730164' }), newPath()];
    server.answer(path, { room, facts: { dialIn: { extension: '+34999999999', pin: '483920175' } } });
    const page = await open(path);
    await field(page).fill('730164');
    const attributes = await field(page).evaluate(({ attributes }) =>
      Object.fromEntries([...attributes].map(({ name, value }) => [name, value])),
    );
    expect(attributes).toMatchObject({ type: 'password', autocomplete: 'off', inputmode: 'numeric', maxlength: '256' });

    await page.getByLabel('Your name').fill('Ana');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Controls' }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    expect(kept).not.toContain('730164');
    expect(requests.join()).not.toContain('730164');
  });

  test('asks no host, nor whoever reloads the page inside', async () => {
    const [room, path] = [new TestRoom({ password: '730164' }), newPath()];
    server.answer(path, { room });
    const host = await open(`${path}#host=${hostToken}`);
    await host.getByRole('button', { name: 'Join' }).waitFor();
    expect(await field(host).count()).toBe(0);
    await host.getByLabel('Your name').fill('Marta');
    await host.keyboard.press('Enter');
    await host.getByRole('group', { name: 'Controls' }).waitFor();
    room.password = '999999';
    await host.reload();
    await host.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test('asks whoever comes as a guest once their pass has expired', async () => {
    const [room, path] = [new TestRoom({ password: '730164' }), newPath()];
    server.answer(path, { room });
    const page = await open(`${path}#host=expired`);
    await page.getByLabel('Your name').fill('Marta');
    await page.keyboard.press('Enter');
    await field(page).fill('730164');
    await page.getByRole('button', { name: 'Join as a guest' }).click();
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test('asks for it though it was set after the page was opened', async () => {
    const [room, path] = [new TestRoom(), newPath()];
    server.answer(path, { room });
    const page = await open(path);
    await page.getByLabel('Your name').fill('Ana');
    expect(await field(page).count()).toBe(0);
    room.password = '730164';
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('This meeting has a password. Please enter it.').waitFor();
    expect(await isFocused(page, '#password')).toBe(true);
    await page.keyboard.type('730164');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test.each([
    ['es-ES', 'Contraseña', 'Esta contraseña no es correcta. Vuelve a escribirla.'],
    ['ca-ES', 'Contrasenya', 'Aquesta contrasenya no és correcta. Torna-la a escriure.'],
  ])('speaks the reader’s language (%s)', async (locale, label, words) => {
    const [room, path] = [new TestRoom({ password: '730164' }), newPath()];
    server.answer(path, { room });
    const page = await open(path, { locale });
    await page.locator('#name').fill('Ana');
    await page.getByLabel(label).fill('1');
    await page.keyboard.press('Enter');
    await page.getByText(words).waitFor();
  });
});

test('asks for nothing from anywhere else, and its policy lets everything of its own pass', async () => {
  const [room, path] = [new TestRoom(), newPath()];
  server.answer(path, { room });
  const page = await open(path);
  await join(page, server.origin + path, 'Ana');
  await page.getByRole('group', { name: 'Controls' }).waitFor();
  await page.getByRole('button', { name: 'People' }).click();
  expect([...new Set(requests.map((url) => (url.startsWith('data:') ? 'data:' : new URL(url).origin)))]).toEqual([
    server.origin,
  ]);
  expect(faults).toEqual([]);
});

test('keeps markup and scripts out, by its policy', async () => {
  const path = newPath();
  server.answer(path, { room: new TestRoom() });
  const page = await open(path);
  await page.getByRole('button', { name: 'Join' }).waitFor();
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<p>markup</p>';
      return 'let in';
    } catch (error) {
      return String(error);
    }
  });
  expect(refused).toContain('TrustedHTML');
  const ran = await page
    .evaluate(() => {
      const script = document.createElement('script');
      script.append('window.ran = true');
      document.body.append(script);
      return Reflect.get(window, 'ran') === true;
    })
    .catch(() => false);
  expect(ran).toBe(false);
});

test('is used with the keyboard alone', async () => {
  const [room, path] = [new TestRoom(), newPath()];
  server.answer(path, { room });
  const page = await open(path);
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  await page.getByRole('button', { name: 'Turn camera off' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Mute microphone');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Turn camera off');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Turn camera on' }).waitFor();
  expect(await focused()).toBe('Turn camera on');
  for (const id of ['choice-camera', 'choice-microphone', 'name']) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(id);
  }
  await page.keyboard.press('Enter');
  await page.getByText('Please enter a name').waitFor();
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: 'Controls' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('title');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Mute microphone');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Unmute microphone' }).waitFor();
});

test.each([
  ['es-MX', 'es', 'Tu nombre', 'Entrar', 'Salir'],
  ['ca-ES', 'ca', 'El teu nom', 'Entra', 'Surt'],
  ['de-DE', 'en', 'Your name', 'Join', 'Leave'],
])('speaks to a browser of %s in %s', async (locale, language, name, join, leave) => {
  const path = newPath();
  server.answer(path, { room: new TestRoom() });
  const page = await open(path, { locale });
  await page.getByLabel(name).fill('Ana');
  await page.getByRole('button', { name: join, exact: true }).click();
  await page.getByRole('button', { name: leave, exact: true }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe(language);
});

test('uses the camera that is chosen, the next time too', async () => {
  const path = newPath();
  server.answer(path, { room: new TestRoom() });
  const page = await open(path);
  const camera = page.getByLabel('Camera', { exact: true });
  const inUse = () =>
    page.evaluate(() => {
      const { srcObject } = document.querySelector('video') ?? {};
      return srcObject instanceof MediaStream ? srcObject.getVideoTracks()[0]?.label : undefined;
    });
  await camera.waitFor();
  const names = await camera.locator('option').allTextContents();
  expect(names.length).toBe(2);
  expect(await inUse()).toBe(names[0]);
  await camera.selectOption({ label: names[1] ?? '' });
  await expect.poll(inUse).toBe(names[1]);
  expect(await devicesInUse(page), 'the first one let go').toBe(2);
  await page.reload();
  await expect.poll(inUse).toBe(names[1]);
  await page.evaluate(() => localStorage.setItem('meeting camera', 'one that was unplugged'));
  await page.reload();
  await expect.poll(inUse).toBe(names[0]);
  await camera.selectOption({ label: names[1] ?? '' });
  await expect.poll(inUse).toBe(names[1]);
  await expect
    .poll(() => camera.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label))
    .toBe(names[1]);
});

test('remembers a name for the next time', async () => {
  const path = newPath();
  server.answer(path, { room: new TestRoom() });
  const page = await open(path);
  await join(page, server.origin + path, '  Ana Puig ');
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.goto(server.origin + path);
  await expect.poll(() => page.getByLabel('Your name').inputValue()).toBe('Ana Puig');
});
