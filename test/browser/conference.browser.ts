import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FragileNetwork } from './fragileNetwork.ts';
import {
  candidatesOfOther,
  devicesInUse,
  FragileBrowser,
  join,
  newPerson,
  type PersonOptions,
  received,
  startBrowser,
} from './people.ts';
import { newPath, type RoomServer, startRoomServer } from './roomServer.ts';
import { hostToken, TestRoom, type TestRoomOptions } from './testRoom.ts';

let browser: Browser;
let server: RoomServer;
let faults: string[] = [];
/** What pages may complain of in a test that breaks something. */
let expected = /^$/;

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startRoomServer()]);
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  const found = faults.filter((fault) => !expected.test(fault));
  faults = [];
  expected = /^$/;
  expect(found, 'what the pages complained of').toEqual([]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

function openRoom(options: TestRoomOptions = {}): { room: TestRoom; url: string; path: string } {
  const room = new TestRoom(options);
  const path = newPath();
  server.answer(path, { room, facts: { name: 'Weekly planning' } });
  return { room, path, url: server.origin + path };
}

async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return page;
}

/** Somebody in the room. */
async function person(url: string, name: string, options: PersonOptions = {}): Promise<Page> {
  const page = await newPage(await newPerson(browser, options));
  await join(page, url, name);
  await page.getByRole('group', { name: 'Controls' }).waitFor();
  return page;
}

const patience = { timeout: 25_000, interval: 250 };

function tile(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ hasText: name });
}

/** How much more has come in within a second. */
async function increase(page: Page, what: 'frames' | 'audioEnergy'): Promise<number> {
  const before = await received(page);
  await page.waitForTimeout(1_000);
  return (await received(page))[what] - before[what];
}

/** Pictures and voices have come in since. */
async function expectToSeeAndHear(page: Page, connections = 1): Promise<void> {
  await expect.poll(async () => (await received(page)).connected, patience).toBe(connections);
  const before = await received(page);
  await expect.poll(async () => (await received(page)).frames, patience).toBeGreaterThan(before.frames + 5);
  await expect.poll(async () => (await received(page)).audioBytes, patience).toBeGreaterThan(before.audioBytes + 500);
}

describe('two people', () => {
  test('see and hear each other', async () => {
    const { room, url } = openRoom();
    const ana = await person(url, 'Ana');
    const bea = await person(url, 'Bea');

    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    const picture = tile(ana, 'Bea').locator('video');
    expect(
      await picture.evaluate((video: HTMLVideoElement) => !video.paused && !video.muted && video.videoWidth > 0),
    ).toBe(true);
    expect(room.largest, 'characters in the largest message').toBeLessThan(16_000);
    expect(room.sent.get('signal'), 'messages that a call takes').toBeLessThanOrEqual(10);
  });

  test('see who has muted his microphone or turned his camera off, and again when not', async () => {
    const { url } = openRoom();
    const ana = await person(url, 'Ana');
    const bea = await person(url, 'Bea');
    await expectToSeeAndHear(bea);

    await ana.getByRole('button', { name: 'Mute microphone' }).click();
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();
    await expect.poll(() => increase(bea, 'audioEnergy'), patience).toBeLessThan(0.000_01);

    await ana.getByRole('button', { name: 'Turn camera off' }).click();
    await tile(bea, 'Ana').locator('.avatar').waitFor();
    expect(await devicesInUse(ana), 'the microphone alone').toBe(1);
    await expect.poll(() => increase(bea, 'frames'), patience).toBe(0);

    await ana.getByRole('button', { name: 'Unmute microphone' }).click();
    await ana.getByRole('button', { name: 'Turn camera on' }).click();
    await tile(bea, 'Ana').locator('.avatar').waitFor({ state: 'detached' });
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor({ state: 'detached' });
    await expectToSeeAndHear(bea);
    await expect.poll(() => increase(bea, 'audioEnergy'), patience).toBeGreaterThan(0.000_1);
  });

  test('share a screen', async () => {
    const { url } = openRoom();
    const ana = await person(url, 'Ana');
    const bea = await person(url, 'Bea');
    await expectToSeeAndHear(bea);

    await ana.getByRole('button', { name: 'Share the screen' }).click();
    const shared = bea.getByRole('figure').filter({ hasText: 'Ana’s screen' });
    await shared.waitFor();
    const seen = () => shared.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth);
    await expect.poll(seen, patience).toBeGreaterThan(0);
    expect(await bea.getByRole('status').textContent()).toBe('Ana is sharing a screen');

    await ana.getByText('You are sharing your screen').waitFor();
    await ana.getByRole('button', { name: 'Stop sharing the screen' }).first().click();
    await shared.waitFor({ state: 'detached' });
  });

  test('write to each other; what they write is text, whatever it looks like', async () => {
    const { url } = openRoom();
    const ana = await person(url, '<b>Ana</b>');
    const bea = await person(url, 'Bea');
    await tile(bea, '<b>Ana</b>').waitFor();

    await ana.getByRole('button', { name: 'Chat' }).click();
    const field = ana.getByRole('textbox', { name: 'Message' });
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await field.fill('<img src=x onerror=alert(1)> see https://example.org/a?b=1.');
    await field.press('Enter');

    await bea.getByRole('button', { name: 'Chat, 1 new message' }).click();
    const line = bea.getByRole('log').getByText('<img src=x onerror=alert(1)> see');
    await line.waitFor();
    expect(await bea.getByRole('log').locator('img').count()).toBe(0);
    expect(await line.getByRole('link').getAttribute('href')).toBe('https://example.org/a?b=1');
    expect(await field.inputValue()).toBe('');
    await bea.keyboard.press('Escape');
    await bea.getByRole('log').waitFor({ state: 'detached' });
    expect(
      await bea.getByRole('button', { name: 'Chat' }).evaluate((element) => element === document.activeElement),
    ).toBe(true);
  });
});

test('a third comes and goes', async () => {
  const { url } = openRoom();
  const ana = await person(url, 'Ana');
  const bea = await person(url, 'Bea');
  const cai = await person(url, 'Cai');
  await Promise.all([expectToSeeAndHear(ana, 2), expectToSeeAndHear(bea, 2), expectToSeeAndHear(cai, 2)]);

  await cai.getByRole('button', { name: 'Leave' }).click();
  await cai.getByRole('heading', { name: 'You have left' }).waitFor();
  await tile(ana, 'Cai').waitFor({ state: 'detached' });
  expect((await received(ana)).closed).toBe(1);
  await expect.poll(() => ana.getByRole('status').textContent()).toBe('Cai has left');
  await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
  expect(await devicesInUse(cai)).toBe(0);

  await cai.getByRole('button', { name: 'Come back' }).click();
  await cai.getByRole('button', { name: 'Join' }).click();
  await expectToSeeAndHear(cai, 2);
});

test('somebody without a camera and a microphone sees and hears the others', async () => {
  const { url } = openRoom();
  const ana = await person(url, 'Ana');
  const bea = await person(url, 'Bea', { devices: 'refused' });

  await expectToSeeAndHear(bea);
  await tile(ana, 'Bea').getByRole('img', { name: 'Microphone off' }).waitFor();
  await bea.getByRole('button', { name: 'Turn camera on' }).click();
  await bea.getByRole('status').getByText('does not let this page use the camera').waitFor();
});

test('somebody whose browser holds the sound back is asked for a click', async () => {
  const { url } = openRoom();
  await person(url, 'Ana');
  const context = await newPerson(browser);
  await context.addInitScript(() => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      const silent = this.muted || Reflect.get(window, 'clicked') === true;
      return silent ? play.call(this) : Promise.reject(new DOMException('Not allowed', 'NotAllowedError'));
    };
  });
  const bea = await newPage(context);
  await join(bea, url, 'Bea');
  const turnOn = bea.getByRole('button', { name: 'Turn sound on' });
  await turnOn.waitFor();
  await bea.evaluate(() => Reflect.set(window, 'clicked', true));
  await turnOn.click();
  await turnOn.waitFor({ state: 'detached' });
});

describe('a host', () => {
  async function host(url: string): Promise<Page> {
    const page = await newPage(await newPerson(browser));
    await join(page, `${url}#host=${hostToken}`, 'Marta');
    await page.getByRole('group', { name: 'Controls' }).waitFor();
    return page;
  }

  async function knock(url: string, name: string): Promise<Page> {
    const page = await newPage(await newPerson(browser));
    await join(page, url, name);
    await page.getByRole('heading', { name: 'Waiting to be let in' }).waitFor();
    return page;
  }

  test('has his token in nobody’s sight', async () => {
    const { url } = openRoom();
    const page = await newPage(await newPerson(browser));
    await page.goto(`${url}#host=${hostToken}`);
    await page.getByText('You are the host of this meeting.').waitFor();
    expect(page.url()).toBe(url);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  });

  test('admits one and declines another', async () => {
    const { url } = openRoom({ lobby: true });
    const marta = await host(url);
    const bea = await knock(url, 'Bea');
    await marta.getByRole('button', { name: 'Admit Bea' }).click();
    await Promise.all([expectToSeeAndHear(marta), expectToSeeAndHear(bea)]);

    const eve = await knock(url, 'Eve');
    expect(await bea.getByText('“Eve” would like to join').count(), 'who is no host').toBe(0);
    await marta.getByRole('button', { name: 'Decline Eve' }).click();
    await eve.getByRole('heading', { name: 'You were not let in' }).waitFor();
    await marta.getByRole('button', { name: 'Decline Eve' }).waitFor({ state: 'detached' });

    const cai = await knock(url, 'Cai');
    await marta.getByRole('button', { name: 'Admit Cai' }).waitFor();
    await cai.getByRole('button', { name: 'Cancel' }).click();
    await marta.getByRole('button', { name: 'Admit Cai' }).waitFor({ state: 'detached' });
    expect(await cai.getByRole('button', { name: 'Join' }).isEnabled()).toBe(true);
  });

  test('removes, locks and ends', async () => {
    const { url } = openRoom();
    const marta = await host(url);
    const bea = await person(url, 'Bea');
    const eve = await person(url, 'Eve');
    await marta.getByRole('button', { name: 'People' }).click();
    const panel = marta.getByRole('complementary', { name: 'People' });

    await panel.getByRole('button', { name: 'Remove Eve' }).click();
    await marta.getByRole('dialog', { name: 'Remove Eve?' }).getByRole('button', { name: 'Remove' }).click();
    await eve.getByRole('heading', { name: 'You were removed' }).waitFor();
    await tile(bea, 'Eve').waitFor({ state: 'detached' });

    await eve.getByRole('button', { name: 'Ask to join again' }).click();
    await eve.getByRole('button', { name: 'Join' }).click();
    await eve.getByRole('heading', { name: 'Waiting to be let in' }).waitFor();
    await panel.getByRole('button', { name: 'Decline Eve' }).click();
    await eve.getByRole('heading', { name: 'You were not let in' }).waitFor();

    await panel.getByRole('switch', { name: 'Lock the room' }).click();
    await bea.getByRole('img', { name: 'The room is locked' }).waitFor();
    const cai = await newPage(await newPerson(browser));
    await join(cai, url, 'Cai');
    await cai.getByText('The host has locked the room.').waitFor();
    await panel.getByRole('switch', { name: 'Lock the room', checked: true }).click();
    await bea.getByRole('img', { name: 'The room is locked' }).waitFor({ state: 'detached' });
    await cai.getByRole('button', { name: 'Join' }).click();
    await expectToSeeAndHear(cai, 2);

    await panel.getByRole('button', { name: 'End for everyone' }).click();
    await marta.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expectToSeeAndHear(bea, 2);
    await panel.getByRole('button', { name: 'End for everyone' }).click();
    await marta.getByRole('dialog').getByRole('button', { name: 'End for everyone' }).click();
    for (const page of [marta, bea, cai])
      await page.getByRole('heading', { name: 'The host has ended the meeting' }).waitFor();
    expect((await received(bea)).connected).toBe(0);
    expect(await devicesInUse(bea)).toBe(0);
  });

  test('who sat among the guests becomes one with his token', async () => {
    const { url, room } = openRoom();
    const page = await person(url, 'Marta');
    await page.goto('about:blank');
    await page.goto(`${url}#host=${hostToken}`);
    await page.getByRole('button', { name: 'People' }).click();
    await page.getByRole('switch', { name: 'Lock the room' }).waitFor();
    expect(room.sent.get('join')).toBe(2);
    await page.reload();
    await page.getByRole('button', { name: 'People' }).click();
    await page.getByRole('switch', { name: 'Lock the room' }).waitFor();
  });

  test('whose token has expired comes in as a guest', async () => {
    const { url } = openRoom();
    const page = await newPage(await newPerson(browser));
    await join(page, `${url}#host=expired`, 'Marta');
    await page.getByText('Your host pass has expired.').waitFor();
    await page.getByRole('button', { name: 'Join as a guest' }).click();
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });
});

describe('signals', () => {
  test('of both at once make one call', async () => {
    const { url, room } = openRoom({ isRosterTold: true });
    const ana = await person(url, 'Ana');
    const bea = await person(url, 'Bea');
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    const offers = room.calls.size;
    expect(offers, 'calls that were begun').toBe(2);
    expect((await received(ana)).connected + (await received(bea)).connected).toBe(2);
  });

  test('may overtake each other', async () => {
    const { url } = openRoom({ delayOf: (data) => ('description' in data ? 700 : 0) });
    const ana = await person(url, 'Ana');
    const bea = await person(url, 'Bea');
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    expect((await received(ana)).made).toBe(1);
    for (const page of [ana, bea]) expect(await candidatesOfOther(page), 'learned from signals').toContain('host');
  });

  test('that are lost are made up for', async () => {
    const { url, room } = openRoom({ delayOf: () => Number.POSITIVE_INFINITY });
    const ana = await person(url, 'Ana');
    const bea = await person(url, 'Bea');
    await tile(ana, 'Bea').getByText('Connecting…').waitFor();
    await expect.poll(() => room.calls.size, patience).toBeGreaterThan(0);
    room.delayOf = undefined;
    await expect.poll(async () => (await received(ana)).connected, { timeout: 40_000 }).toBe(1);
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
  });
});

describe('what breaks', () => {
  test('a browser that is killed is seen to go', async () => {
    const { url, room } = openRoom();
    const ana = await person(url, 'Ana');
    const fragile = await FragileBrowser.start();
    try {
      const bea = await (await newPerson(fragile.browser)).newPage();
      await join(bea, url, 'Bea');
      await expectToSeeAndHear(ana);
    } finally {
      await fragile.kill();
    }
    await expect.poll(() => ana.getByRole('status').textContent(), patience).toBe('Bea has lost the connection');
    await tile(ana, 'Bea').getByText('Lost connection').waitFor();
    await tile(ana, 'Bea').waitFor({ state: 'detached', timeout: 20_000 });
    expect(room.people.map(({ name }) => name)).toEqual(['Ana']);
    await ana.getByText('You are the only one here').waitFor();
  });

  test('a browser that sleeps for a while is called again', async () => {
    const { url } = openRoom();
    const ana = await person(url, 'Ana');
    const fragile = await FragileBrowser.start();
    try {
      const bea = await (await newPerson(fragile.browser)).newPage();
      await join(bea, url, 'Bea');
      await expectToSeeAndHear(ana);

      fragile.freeze();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor({ timeout: 20_000 });
      fragile.thaw();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor({ state: 'detached', timeout: 25_000 });
      await expectToSeeAndHear(ana);
    } finally {
      fragile.thaw();
      await fragile.kill();
    }
  });

  test('a network that is gone is left for another, in the same call', async () => {
    const network = new FragileNetwork();
    const { url } = openRoom({ network });
    try {
      const ana = await person(url, 'Ana');
      const bea = await person(url, 'Bea');
      await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);

      network.cut();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor({ timeout: 20_000 });
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor({ state: 'detached', timeout: 20_000 });
      await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
      expect([(await received(ana)).made, (await received(bea)).made], 'connections made').toEqual([1, 1]);
    } finally {
      network.close();
    }
  });

  test('a socket that breaks comes back, and the call goes on meanwhile', async () => {
    expected = /^WebSocket connection to .* failed/;
    const { url, room } = openRoom();
    const ana = await person(url, 'Ana');
    const bea = await person(url, 'Bea');
    await expectToSeeAndHear(ana);
    const { made } = await received(ana);

    server.away = true;
    room.cut('Ana');
    await ana.locator('.banner', { hasText: 'Your connection was lost' }).waitFor();
    expect(await ana.getByRole('alert').textContent()).toBe('Your connection was lost. Reconnecting…');
    await tile(bea, 'Ana').getByText('Lost connection').waitFor();
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);

    server.away = false;
    await ana.locator('.banner').waitFor({ state: 'detached', timeout: 20_000 });
    await tile(bea, 'Ana').getByText('Lost connection').waitFor({ state: 'detached' });
    expect(await ana.getByRole('alert').textContent()).toBe('');
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    expect((await received(ana)).made, 'connections made').toBe(made);
    await ana.getByRole('button', { name: 'Mute microphone' }).click();
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();
  });

  test('a page that is loaded again sits where it sat, as it was', async () => {
    const { url, room } = openRoom({ lobby: true });
    const marta = await newPage(await newPerson(browser));
    await join(marta, `${url}#host=${hostToken}`, 'Marta');
    await marta.getByRole('group', { name: 'Controls' }).waitFor();
    const bea = await newPage(await newPerson(browser));
    await join(bea, url, 'Bea');
    await marta.getByRole('button', { name: 'Admit Bea' }).click();
    await expectToSeeAndHear(bea);
    const before = room.people.map(({ id }) => id).sort();
    await bea.getByRole('button', { name: 'Turn camera off' }).click();
    await tile(marta, 'Bea').locator('.avatar').waitFor();

    await bea.reload();
    await bea.getByRole('group', { name: 'Controls' }).waitFor();
    await bea.getByRole('button', { name: 'Turn camera on' }).waitFor();
    await expectToSeeAndHear(bea);
    await bea.getByRole('button', { name: 'Turn camera on' }).click();
    await expectToSeeAndHear(marta);
    await marta.reload();
    await marta.getByRole('group', { name: 'Controls' }).waitFor();
    await Promise.all([expectToSeeAndHear(marta), expectToSeeAndHear(bea)]);
    expect(room.people.map(({ id }) => id).sort()).toEqual(before);
    expect(room.people.find(({ name }) => name === 'Marta')?.host).toBe(true);
  });

  test('a tab that is duplicated does not take the seat of the first', async () => {
    const { url, room } = openRoom();
    const ana = await person(url, 'Ana');
    const [copy] = await Promise.all([
      ana.waitForEvent('popup'),
      ana.evaluate(() => {
        window.open(location.href);
      }),
    ]);
    await copy.getByRole('button', { name: 'Join' }).waitFor();
    expect(await copy.evaluate(() => sessionStorage.length), 'storage that was copied').toBeLessThanOrEqual(1);
    await ana.getByRole('group', { name: 'Controls' }).waitFor();
    expect(room.sent.get('join')).toBe(1);
  });
});

describe('the gateway’s limits', () => {
  test('sockets are renewed before two hours are over, without anybody noticing', async () => {
    const { url, room } = openRoom();
    const context = await newPerson(browser);
    const ana = await newPage(context);
    let pongs = 0;
    ana.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('"pong"')) pongs += 1;
      }),
    );
    await ana.clock.install();
    await join(ana, url, 'Ana');
    await ana.getByRole('group', { name: 'Controls' }).waitFor();
    const bea = await person(url, 'Bea');
    await expectToSeeAndHear(bea);

    for (let pings = 1; pings <= 27; pings += 1) {
      await ana.clock.fastForward('04:00');
      await expect.poll(() => pongs, patience).toBe(pings);
    }
    expect(room.sent.get('join')).toBe(2);
    await ana.clock.fastForward('03:00');
    await expect.poll(() => room.sent.get('join'), patience).toBe(3);
    expect(room.told.filter(({ type }) => type === 'left')).toEqual([]);
    expect(await tile(bea, 'Ana').getByText('Lost connection').count()).toBe(0);
    await expectToSeeAndHear(bea);
    expect((await received(bea)).made).toBe(1);
  });
});
