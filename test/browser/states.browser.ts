import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ca } from '../../functions/pages/room/words/ca.ts';
import { es } from '../../functions/pages/room/words/es.ts';
import { expectSound, looks, narrow } from './expectSound.ts';
import { FragileNetwork } from './fragileNetwork.ts';
import { type Palette, paintCamera, palettes } from './paintedCamera.ts';
import { holdSoundBack, join, newPerson, type PersonOptions, received, sayings, startBrowser } from './people.ts';
import { newPath, type RoomServer, startRoomServer } from './roomServer.ts';
import { hostToken, TestRoom, type TestRoomOptions } from './testRoom.ts';

let browser: Browser;
let server: RoomServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startRoomServer()]);
});

afterEach(async () => {
  server.away = false;
  await Promise.all(browser.contexts().map((context) => context.close()));
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

interface OpenOptions extends PersonOptions {
  readonly looksLike?: Palette;
  readonly fragment?: string;
  /** Runs in the page before anything of its own does. */
  readonly before?: () => void;
}

async function openPage(path: string, options: OpenOptions = {}): Promise<Page> {
  const { looksLike = palettes.ana, fragment = '', before, devices = 'granted', ...person } = options;
  const context = await newPerson(browser, { devices, ...person });
  if (devices === 'granted') await paintCamera(context, looksLike);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  await page.goto(server.origin + path + fragment);
  return page;
}

const day = 86_400_000;
const at = (milliseconds: number) => new Date(milliseconds).toISOString();
const tomorrow = Math.ceil(Date.now() / day) * day + 9.5 * 3_600_000;
const times = { validSince: at(tomorrow), validUntil: at(tomorrow + 3_600_000), timeZone: 'Europe/Madrid' };
const meeting = {
  name: 'Product review, spring',
  organizer: 'Marta Vidal',
  validSince: at(Date.now() - 300_000),
  validUntil: at(Date.now() + 3_300_000),
  dialIn: { extension: '+34999999999', pin: '412908773' },
};

function meetingRoom(options: TestRoomOptions = {}): { room: TestRoom; path: string } {
  const room = new TestRoom({ endsAt: meeting.validUntil, ...options });
  const path = newPath();
  server.answer(path, { room, facts: meeting });
  return { room, path };
}

const tooEarly = {
  problem: {
    code: 'too-early',
    status: 403,
    name: meeting.name,
    sequence: 0,
    opensAt: at(tomorrow - 600_000),
    ...times,
  },
} as const;

test('too early', async () => {
  const path = newPath();
  server.answer(path, tooEarly);
  const page = await openPage(path);
  await page.getByText('The room opens in').waitFor();
  await expectSound(page, 'early');
});

test.each([
  ['ended', { code: 'ended', status: 410, name: meeting.name }, 'This meeting has ended'],
  [
    'next',
    { code: 'ended', status: 410, name: meeting.name, next: { validSince: times.validSince } },
    'The next meeting',
  ],
  ['cancelled', { code: 'cancelled', status: 410, name: meeting.name }, 'This meeting was cancelled'],
  ['unknown', { code: 'no-such-room', status: 404 }, 'There is no room behind this link'],
  ['busy', { status: 429 }, 'Too many attempts'],
  ['unreachable', { status: 503 }, 'The room cannot be reached'],
] as const)('%s', async (state, problem, words) => {
  const path = newPath();
  server.answer(path, { problem });
  const page = await openPage(path);
  await page.getByText(words).waitFor();
  await expectSound(page, state);
});

test('a browser that knows no calls', async () => {
  const { path } = meetingRoom();
  const page = await openPage(path, { before: () => Reflect.deleteProperty(window, 'RTCPeerConnection') });
  await page.getByText('This browser cannot open the room').waitFor();
  await expectSound(page, 'unsupported');
});

test('the lobby', async () => {
  const { path } = meetingRoom();
  const page = await openPage(path);
  await page.getByRole('meter', { name: 'Microphone level' }).waitFor();
  await page.getByLabel('Your name').fill('Ana Puig');
  await expectSound(page, 'lobby');
});

test('the lobby of a meeting with a password', async () => {
  const { path } = meetingRoom({ password: '730164' });
  const page = await openPage(path);
  await page.getByLabel('Your name').fill('Ana Puig');
  await page.getByLabel('Password').fill('7301');
  await expectSound(page, 'lobby-password');
});

test('the lobby of a public room, where the browser refuses the devices', async () => {
  const path = newPath('c').replace(/[^/]*$/, 'coffee-corner');
  server.answer(path, { room: new TestRoom(), facts: { kind: 'public', name: 'coffee-corner' } });
  const page = await openPage(path, { devices: 'refused' });
  await page.getByText('does not let this page use the camera').waitFor();
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Please enter a name').waitFor();
  await expectSound(page, 'lobby-refused');
});

test.each([
  ['missing', 'No camera and no microphone were found'],
  ['busy', 'The camera is in use by another program'],
  ['failed', 'The camera has stopped'],
] as const)('the lobby with devices that are %s', async (devices, words) => {
  const { path } = meetingRoom();
  const page = await openPage(path, { devices });
  await page.getByText(words).waitFor();
  await expectSound(page, `lobby-${devices}`);
});

test.each([
  ['full', { refusal: 'full' }, 'The room is full'],
  ['locked', { refusal: 'locked' }, 'The host has locked the room'],
  ['declined', { refusal: 'declined' }, 'You were not let in'],
  ['removed', { refusal: 'removed' }, 'You were removed'],
  ['host-token', { refusal: 'host-token' }, 'Your host pass has been used or has expired'],
  ['name', { refusal: 'name' }, 'This name cannot be used'],
  ['rate', { refusal: 'rate' }, 'Too many attempts'],
  ['password-needed', { refusal: 'password-needed' }, 'This meeting has a password'],
  ['password', { refusal: 'password' }, 'This password is wrong'],
  ['password-limit', { refusal: 'password-limit' }, 'Too many passwords have been tried'],
] as const)('%s', async (state, options, words) => {
  const { path } = meetingRoom(options);
  const page = await openPage(path);
  await join(page, server.origin + path, 'Ana Puig');
  await page.getByText(words).waitFor();
  await expectSound(page, state);
});

test('no answer', async () => {
  const { path } = meetingRoom();
  const page = await openPage(path);
  server.away = true;
  await join(page, server.origin + path, 'Ana Puig');
  await page.getByText('The room does not answer').waitFor();
  await expectSound(page, 'no-answer');
});

test.each([
  ['over', 'Its time is over'],
  ['host', 'The host has ended the meeting'],
  ['moved', 'The meeting has been moved'],
] as const)('a conference that has ended: %s', async (reason, words) => {
  const { room, path } = meetingRoom();
  const page = await openPage(path);
  await join(page, server.origin + path, 'Ana Puig');
  await page.getByText('You are the only one here').waitFor();
  server.answer(path, tooEarly);
  room.tell({ type: 'ended', reason });
  await page.getByText(words).waitFor();
  await expectSound(page, `ended-${reason}`);
});

test('a conference elsewhere', async () => {
  const path = newPath();
  server.answer(path, { room: new TestRoom(), facts: { ...meeting, jitsiUrl: 'https://meet.example.org/abc' } });
  const page = await openPage(path);
  await page.getByRole('link', { name: 'Go to the meeting' }).waitFor();
  await expectSound(page, 'elsewhere');
});

test('alone, and after leaving', async () => {
  const { path } = meetingRoom();
  const page = await openPage(path);
  await join(page, server.origin + path, 'Ana Puig');
  await page.getByText('You are the only one here').waitFor();
  await expectSound(page, 'alone');
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByText('You have left').waitFor();
  await expectSound(page, 'left');
});

test('a host with everything that can happen to them', async () => {
  const { room, path } = meetingRoom({ lobby: true });
  const page = await openPage(path, { looksLike: palettes.marta, fragment: `#host=${hostToken}` });
  await page.getByLabel('Your name').fill('Marta Vidal');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('You are the only one here').waitFor();

  const guest = await openPage(path, { looksLike: palettes.bea });
  await guest.getByLabel('Your name').fill('Bea Soler');
  await guest.getByRole('button', { name: 'Join' }).click();
  await guest.getByText('Waiting to be let in').waitFor();
  await expectSound(guest, 'waiting');

  await page.getByText('“Bea Soler” would like to join').first().waitFor();
  await expectSound(page, 'knock');
  room.tell({ type: 'knocking', id: 'eve', name: 'Eve Roca', removed: true });
  await page.getByRole('group', { name: '“Eve Roca” would like to join' }).waitFor();
  await expectSound(page, 'knock-removed');
  await page.getByRole('button', { name: 'People, 2 waiting' }).click();
  await expectSound(page, 'people-knock-removed');
  await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();
  room.tell({ type: 'knockGone', id: 'eve' });
  await page.getByRole('button', { name: 'People, 1 waiting' }).click();
  await expectSound(page, 'people-knock');
  await page.getByRole('complementary').getByRole('button', { name: 'Admit Bea Soler' }).click();
  await expect.poll(async () => (await received(page)).frames).toBeGreaterThan(5);
  await guest.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('switch', { name: 'Lock the room' }).click();
  await page.getByRole('img', { name: 'The room is locked' }).waitFor();
  await expectSound(page, 'people');
  await page.getByRole('button', { name: 'Remove Bea Soler' }).click();
  await page.getByRole('dialog').waitFor();
  await expectSound(page, 'question');
  await page.keyboard.press('Escape');
  await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();
  await expectSound(page, 'two');

  await page.getByRole('button', { name: 'Chat' }).click();
  await guest.getByRole('button', { name: 'Chat' }).click();
  for (const [writer, text] of [
    [guest, 'Good morning! The figures are at https://example.org/figures/2027?quarter=1.'],
    [guest, 'They are only a first draft.'],
    [page, 'Thank you, Bea. I will look at them right now.'],
  ] as const) {
    await writer.getByLabel('Message', { exact: true }).fill(text);
    await writer.keyboard.press('Enter');
    await page.getByText(text.slice(0, 12)).waitFor();
  }
  await expectSound(page, 'chat');
  await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();

  await guest.getByRole('button', { name: 'Share the screen' }).click();
  await page.getByText('Bea Soler’s screen').waitFor();
  await expect.poll(() => guest.getByText('You are sharing your screen').isVisible()).toBe(true);
  await expectSound(page, 'shared');
  await expectSound(guest, 'sharing');

  room.tell({ type: 'ending', at: at(Date.now() + 300_000) });
  await expect.poll(async () => (await sayings(page)).join()).toContain('This meeting ends at');
  server.away = true;
  room.cut('Marta Vidal');
  await page.locator('p', { hasText: 'Your connection was lost' }).waitFor();
  await expectSound(page, 'offline');
});

test('a microphone that something else holds, and a link that the browser does not copy', async () => {
  const { path } = meetingRoom();
  const page = await openPage(path);
  await page.getByRole('button', { name: 'Copy link' }).waitFor();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('No', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByLabel('Copy the link by hand').waitFor();
  const setMuted = (muted: boolean) =>
    page.evaluate((isMuted) => {
      const [track] = Reflect.get(window, 'tracks') as MediaStreamTrack[];
      if (track) Object.defineProperty(track, 'muted', { value: isMuted, configurable: true });
      track?.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
    }, muted);
  await setMuted(true);
  const interrupted = page.getByText('The microphone gives no sound at the moment');
  await interrupted.first().waitFor();
  await expectSound(page, 'lobby-interrupted');

  await page.getByLabel('Your name').fill('Ana Puig');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.locator('.banner').getByText('The microphone gives no sound at the moment').waitFor();
  await expectSound(page, 'interrupted');
  await setMuted(false);
  await page.locator('.banner').waitFor({ state: 'detached' });
});

test('sound that is held back, and a line that breaks', async () => {
  const network = new FragileNetwork();
  const { room, path } = meetingRoom({ network });
  try {
    const guest = await openPage(path, { looksLike: palettes.bea });
    await join(guest, server.origin + path, 'Bea Soler');
    const page = await openPage(path, { before: holdSoundBack });
    await join(page, server.origin + path, 'Ana Puig');
    const turnOn = page.getByRole('button', { name: 'Turn sound on' });
    await turnOn.waitFor();
    await expect.poll(async () => (await received(page)).connected).toBe(1);
    await expectSound(page, 'silenced');
    await page.evaluate(() => Reflect.set(window, 'clicked', true));
    await turnOn.click();
    await turnOn.waitFor({ state: 'detached' });

    room.delayOf = () => Number.POSITIVE_INFINITY;
    network.cut();
    const broken = page.getByText('Reconnecting…');
    await broken.waitFor();
    await expectSound(page, 'reconnecting', narrow);
    expect(await broken.isVisible(), 'what was looked at').toBe(true);
  } finally {
    network.close();
  }
});

/** Seven others, who were never in a browser. */
function fill(room: TestRoom): void {
  const names = [
    'Bea Soler',
    'Carles Font i Roig',
    'Dolores Ibáñez de la Peña y Fernández',
    'Eva',
    'Ferran',
    '会议 王',
    'Gemma Pla',
  ];
  for (const [index, name] of names.entries()) {
    const person = {
      id: `seat-${index}`,
      name,
      host: index === 0,
      camera: false,
      microphone: index % 2 === 0,
      screen: false,
    };
    room.tell({ type: 'arrived', person });
  }
}

test('a full house, and somebody in it who is lost', async () => {
  const { room, path } = meetingRoom();
  const page = await openPage(path);
  await join(page, server.origin + path, 'Ana Puig');
  await page.getByText('You are the only one here').waitFor();
  fill(room);
  await page.getByText('8 people').waitFor();
  await expectSound(page, 'eight');
  for (const look of looks) {
    fill(room);
    room.tell({ type: 'left', id: 'seat-1', lost: true });
    await page.getByText('Lost connection').waitFor();
    await expectSound(page, 'lost', [look]);
  }
});

describe.each([es, ca])('in $language', (words) => {
  const locale = words.language;

  test('the lobby', async () => {
    const { path } = meetingRoom({ lobby: true });
    const page = await openPage(path, { locale });
    await page.getByRole('meter', { name: words.level }).waitFor();
    await page.getByText(words.lobbyHint).waitFor();
    await expectSound(page, `lobby-${locale}`, narrow);
  });

  test('a host, a knock, and a full house', async () => {
    const { room, path } = meetingRoom();
    const page = await openPage(path, { locale, looksLike: palettes.marta, fragment: `#host=${hostToken}` });
    await page.getByLabel(words.yourName).fill('Marta Vidal');
    await page.getByRole('button', { name: words.join, exact: true }).click();
    await page.getByText(words.alone).waitFor();
    room.tell({ type: 'knocking', id: 'eve', name: 'Eve Roca', removed: true });
    await page.getByRole('group', { name: words.wantsIn('Eve Roca') }).waitFor();
    await expectSound(page, `knock-${locale}`, narrow);
    await page.getByRole('button', { name: words.peopleWaiting(1) }).click();
    await page.getByText(words.maybeRemoved).waitFor();
    await expectSound(page, `people-knock-${locale}`, narrow);
    await page.getByRole('complementary').getByRole('button', { name: words.close }).click();
    room.tell({ type: 'knockGone', id: 'eve' });
    fill(room);
    await page.getByText(words.people(8)).waitFor();
    await expectSound(page, `eight-${locale}`, narrow);
    const wires = await page.locator('.wire').all();
    expect(wires.length).toBe(7);
    for (const wire of wires) {
      const cut = await wire.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(cut, 'pixels that are not seen').toBe(0);
    }
  });
});
