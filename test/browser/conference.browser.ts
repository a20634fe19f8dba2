import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { devicesInUse, holdSoundBack, iceServers, join, newPerson, received, sayings } from './people.ts';
import { expectToSeeAndHear, Stage, tile } from './stage.ts';
import { hostToken } from './testRoom.ts';

const stage = new Stage();

/** How much more has come in while the other page saw 30 more frames. */
async function increase(page: Page, what: 'frames' | 'audioEnergy', other: Page): Promise<number> {
  const [before, seen] = await Promise.all([received(page), received(other)]);
  await expect.poll(async () => (await received(other)).frames).toBeGreaterThanOrEqual(seen.frames + 30);
  return (await received(page))[what] - before[what];
}

/** Chooses the device that is not in use from the list that the lobby shows. */
async function chooseAnother(page: Page, label: 'Camera' | 'Microphone'): Promise<void> {
  const list = page.getByRole('combobox', { name: label, exact: true });
  const chosen = await list.inputValue();
  const ids = await list.locator('option').evaluateAll((all) => all.map((option) => option.getAttribute('value')));
  await list.selectOption(ids.find((id) => id !== chosen) ?? '');
}

/** The browser's question which screen to share stays open until a test answers it. */
function pickScreenLater(): void {
  const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getDisplayMedia = (constraints) =>
    new Promise((resolve) => {
      Reflect.set(window, 'pickScreen', async () => {
        const stream = await ask(constraints);
        Reflect.set(window, 'screenTrack', stream.getVideoTracks()[0]);
        resolve(stream);
      });
    });
}

async function pickScreen(page: Page): Promise<void> {
  await page.evaluate(() => (Reflect.get(window, 'pickScreen') as () => Promise<void>)());
}

async function screenState(page: Page): Promise<string> {
  return await page.evaluate(() => (Reflect.get(window, 'screenTrack') as MediaStreamTrack).readyState);
}

describe('two people', () => {
  test('see and hear each other', async () => {
    const { room, url } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');

    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    const picture = tile(ana, 'Bea').locator('video');
    expect(
      await picture.evaluate((video: HTMLVideoElement) => !video.paused && !video.muted && video.videoWidth > 0),
    ).toBe(true);
    expect(room.largest, 'characters in the largest message').toBeLessThan(16_000);
    expect(room.sent.get('signal'), 'messages that a call takes').toBeLessThanOrEqual(10);
  });

  test('find a way with the servers that the service names', async () => {
    const turn = { urls: ['turn:127.0.0.1:3478?transport=udp'], username: '1803938400:ana', credential: 'c2VjcmV0' };
    const { url } = stage.openRoom({ iceServers: [turn] });
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');

    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    for (const page of [ana, bea]) for (const servers of await iceServers(page)) expect(servers).toEqual([turn]);
  });

  test('see who has muted their microphone or turned their camera off, and again when not', async () => {
    const { url } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await expectToSeeAndHear(bea);

    await ana.getByRole('button', { name: 'Mute microphone' }).click();
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();
    await expect.poll(() => increase(bea, 'audioEnergy', ana)).toBeLessThan(0.000_01);

    await ana.getByRole('button', { name: 'Turn camera off' }).click();
    await tile(bea, 'Ana').locator('.avatar').waitFor();
    expect(await devicesInUse(ana), 'the microphone alone').toBe(1);
    await expect.poll(() => increase(bea, 'frames', ana)).toBe(0);

    await ana.getByRole('button', { name: 'Unmute microphone' }).click();
    await ana.getByRole('button', { name: 'Turn camera on' }).click();
    await tile(bea, 'Ana').locator('.avatar').waitFor({ state: 'detached' });
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor({ state: 'detached' });
    await expectToSeeAndHear(bea);
    await expect.poll(() => increase(bea, 'audioEnergy', ana)).toBeGreaterThan(0.000_1);
  });

  test('hear and see nothing of who chose devices that do not open', async () => {
    const { url } = stage.openRoom();
    const bea = await stage.person(url, 'Bea');
    const ana = await stage.newPage();
    await ana.goto(url);
    await ana.getByRole('combobox', { name: 'Microphone', exact: true }).waitFor();
    expect(await devicesInUse(ana), 'both').toBe(2);
    await ana.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('In use', 'NotReadableError'));
    });
    await chooseAnother(ana, 'Microphone');
    await chooseAnother(ana, 'Camera');
    await expect.poll(() => devicesInUse(ana)).toBe(0);

    await ana.getByLabel('Your name').fill('Ana');
    await ana.getByRole('button', { name: 'Join' }).click();
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();
    await expectToSeeAndHear(ana);

    expect(await increase(bea, 'audioEnergy', ana)).toBe(0);
    expect(await increase(bea, 'frames', ana)).toBe(0);
    expect((await received(bea)).audioEnergy, 'ever').toBe(0);
  });

  test('are not shown a screen that was picked after leaving, then or on coming back', async () => {
    const { room, url } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await expectToSeeAndHear(bea);
    // What comes from Ana in frames could be a screen alone.
    await ana.getByRole('button', { name: 'Turn camera off' }).click();
    await ana.evaluate(pickScreenLater);
    await ana.getByRole('button', { name: 'Share the screen' }).click();
    await ana.getByRole('button', { name: 'Leave' }).click();
    await tile(bea, 'Ana').waitFor({ state: 'detached' });
    await pickScreen(ana);
    await expect.poll(() => screenState(ana)).toBe('ended');

    await ana.getByRole('button', { name: 'Come back' }).click();
    await ana.getByRole('button', { name: 'Join' }).click();
    await tile(bea, 'Ana').waitFor();
    await expectToSeeAndHear(ana);
    await ana.getByRole('button', { name: 'Share the screen' }).waitFor();
    expect(await bea.getByRole('figure').filter({ hasText: 'Ana’s screen' }).count()).toBe(0);
    expect(await increase(bea, 'audioEnergy', ana), 'Ana is heard').toBeGreaterThan(0);
    expect(await increase(bea, 'frames', ana)).toBe(0);
    expect(room.people.map(({ name }) => name).sort()).toEqual(['Ana', 'Bea']);
  });

  test('see nothing of a screen that was picked after its owner had thought better of it', async () => {
    const { url } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await expectToSeeAndHear(bea);
    await ana.getByRole('button', { name: 'Turn camera off' }).click();
    await expect.poll(() => increase(bea, 'frames', ana)).toBe(0);
    await ana.evaluate(pickScreenLater);

    await ana.getByRole('button', { name: 'Share the screen' }).click();
    await ana.getByRole('button', { name: 'Stop sharing the screen' }).click();
    await pickScreen(ana);
    await expect.poll(() => screenState(ana)).toBe('ended');
    expect(await increase(bea, 'frames', ana), 'of a screen that was taken back').toBe(0);
    expect(await bea.getByRole('figure').count()).toBe(0);

    await ana.getByRole('button', { name: 'Share the screen' }).click();
    await pickScreen(ana);
    await bea.getByRole('figure').filter({ hasText: 'Ana’s screen' }).waitFor();
    await expect.poll(() => increase(bea, 'frames', ana)).toBeGreaterThan(0);
    await ana.getByRole('button', { name: 'Stop sharing the screen' }).first().click();
    await expect.poll(() => increase(bea, 'frames', ana)).toBe(0);
  });

  test('share a screen', async () => {
    const { url } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await expectToSeeAndHear(bea);

    await ana.getByRole('button', { name: 'Share the screen' }).click();
    const shared = bea.getByRole('figure').filter({ hasText: 'Ana’s screen' });
    await shared.waitFor();
    const seen = () => shared.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth);
    await expect.poll(seen).toBeGreaterThan(0);
    expect(await sayings(bea)).toContain('Ana is sharing a screen');

    await ana.getByText('You are sharing your screen').waitFor();
    await ana.getByRole('button', { name: 'Stop sharing the screen' }).first().click();
    await shared.waitFor({ state: 'detached' });
  });

  test('share one screen, the newest; who shared before is told, and sends no more', async () => {
    const { url, room } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await expectToSeeAndHear(bea);
    await ana.evaluate(pickScreenLater);
    await ana.getByRole('button', { name: 'Share the screen' }).click();
    await ana.evaluate(() => (Reflect.get(window, 'pickScreen') as () => Promise<void>)());
    await bea.getByRole('figure').filter({ hasText: 'Ana’s screen' }).waitFor();

    await bea.getByRole('button', { name: 'Share the screen' }).click();
    await ana.getByRole('figure').filter({ hasText: 'Bea’s screen' }).waitFor();
    await ana.getByText('You are sharing your screen').waitFor({ state: 'detached' });
    expect(await screenState(ana)).toBe('ended');
    expect(await sayings(ana)).toContain('Bea is sharing now, and your screen is no longer shown');
    await bea.getByRole('figure').filter({ hasText: 'Ana’s screen' }).waitFor({ state: 'detached' });
    await bea.getByText('You are sharing your screen').waitFor();
    expect(room.people.map(({ name, screen }) => [name, screen])).toEqual([
      ['Ana', false],
      ['Bea', true],
    ]);
  });

  test('write to each other; what they write is text, whatever it looks like', async () => {
    const { url } = stage.openRoom();
    const ana = await stage.person(url, '<b>Ana</b>');
    const bea = await stage.person(url, 'Bea');
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
  const { url } = stage.openRoom();
  const ana = await stage.person(url, 'Ana');
  const bea = await stage.person(url, 'Bea');
  const cai = await stage.person(url, 'Cai');
  await Promise.all([expectToSeeAndHear(ana, 2), expectToSeeAndHear(bea, 2), expectToSeeAndHear(cai, 2)]);

  await cai.getByRole('button', { name: 'Leave' }).click();
  await cai.getByRole('heading', { name: 'You have left' }).waitFor();
  await tile(ana, 'Cai').waitFor({ state: 'detached' });
  const standing = async () => {
    const { made, closed } = await received(ana);
    return made - closed;
  };
  await expect.poll(standing).toBe(1);
  await expect.poll(() => sayings(ana)).toContain('Cai has left');
  await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
  expect(await devicesInUse(cai)).toBe(0);

  await cai.getByRole('button', { name: 'Come back' }).click();
  await cai.getByRole('button', { name: 'Join' }).click();
  await expectToSeeAndHear(cai, 2);
});

test('somebody without a camera and a microphone sees and hears the others', async () => {
  const { url } = stage.openRoom();
  const ana = await stage.person(url, 'Ana');
  const bea = await stage.person(url, 'Bea', { devices: 'refused' });

  await expectToSeeAndHear(bea);
  await tile(ana, 'Bea').getByRole('img', { name: 'Microphone off' }).waitFor();
  await bea.getByRole('button', { name: 'Turn camera on' }).click();
  await expect
    .poll(async () => (await sayings(bea)).join())
    .toContain('Your browser does not let this page use the camera.');
});

test('somebody whose name says that it is one’s own is told from oneself', async () => {
  const { url } = stage.openRoom();
  const ana = await stage.person(url, 'Ana');
  await stage.person(url, 'Ana (You)');
  await tile(ana, 'Ana (You)').waitFor();
  const marked = ana.getByRole('listitem').filter({ has: ana.locator('.role', { hasText: /^You$/ }) });
  expect(await marked.locator('.name').allTextContents()).toEqual(['Ana']);
  await ana.getByRole('button', { name: 'People' }).click();
  await ana.getByRole('complementary').waitFor();
  expect(await marked.locator('.name').allTextContents()).toEqual(['Ana', 'Ana']);
});

test('an address keeps its order among letters that run from right to left', async () => {
  const { url } = stage.openRoom();
  const ana = await stage.person(url, 'Ana');
  await ana.getByRole('button', { name: 'Chat' }).click();
  await ana.getByLabel('Message', { exact: true }).fill('שלום https://example.org/a?b=1 שלום');
  await ana.keyboard.press('Enter');
  const link = ana.getByRole('link', { name: 'https://example.org/a?b=1' });
  await link.waitFor();
  expect(
    await link.evaluate((element) => [getComputedStyle(element).direction, getComputedStyle(element).unicodeBidi]),
  ).toEqual(['ltr', 'isolate']);
});

test('somebody whose browser holds the sound back is asked for a click', async () => {
  const { url } = stage.openRoom();
  await stage.person(url, 'Ana');
  const context = await newPerson(stage.browser);
  await context.addInitScript(holdSoundBack);
  const bea = await stage.newPage(context);
  await join(bea, url, 'Bea');
  const turnOn = bea.getByRole('button', { name: 'Turn sound on' });
  await turnOn.waitFor();
  await bea.evaluate(() => Reflect.set(window, 'clicked', true));
  await turnOn.click();
  await turnOn.waitFor({ state: 'detached' });
});

describe('a host', () => {
  async function host(url: string): Promise<Page> {
    const page = await stage.newPage();
    await join(page, `${url}#host=${hostToken}`, 'Marta');
    await page.getByRole('group', { name: 'Controls' }).waitFor();
    return page;
  }

  async function knock(url: string, name: string): Promise<Page> {
    const page = await stage.newPage();
    await join(page, url, name);
    await page.getByRole('heading', { name: 'Waiting to be let in' }).waitFor();
    return page;
  }

  test('has their token in nobody’s sight', async () => {
    const { url } = stage.openRoom();
    const page = await stage.newPage();
    await page.goto(`${url}#host=${hostToken}`);
    await page.getByText('You are the host of this meeting.').waitFor();
    expect(page.url()).toBe(url);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  });

  test('who is not there yet, comes and goes is told to whoever waits', async () => {
    const { url } = stage.openRoom({ lobby: true });
    const bea = await knock(url, 'Bea');
    const absent =
      'No host is here yet. The host who comes sees that you are waiting; this page then takes you in by itself.';
    await bea.getByText(absent).waitFor();
    const marta = await host(url);
    await bea.getByText('The host knows that you are here. This page takes you in by itself.').waitFor();
    await marta.close();
    await bea.getByText(absent).waitFor();

    const told = (await sayings(bea)).filter((saying) => saying.includes('host'));
    expect(told).toEqual(['A host is here now', 'The host has left']);
  });

  test('admits one and declines another', async () => {
    const { url } = stage.openRoom({ lobby: true });
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
    const { url } = stage.openRoom();
    const marta = await host(url);
    const bea = await stage.person(url, 'Bea');
    const eve = await stage.person(url, 'Eve');
    await marta.getByRole('button', { name: 'People' }).click();
    const panel = marta.getByRole('complementary', { name: 'People' });

    await panel.getByRole('button', { name: 'Remove Eve' }).click();
    await marta.getByRole('dialog', { name: 'Remove Eve?' }).getByRole('button', { name: 'Remove' }).click();
    await eve.getByRole('heading', { name: 'You were removed' }).waitFor();
    await tile(bea, 'Eve').waitFor({ state: 'detached' });

    await eve.getByRole('button', { name: 'Ask to join again' }).click();
    await eve.getByRole('button', { name: 'Join' }).click();
    await eve.getByRole('heading', { name: 'Waiting to be let in' }).waitFor();
    await panel.getByText('May be someone who was removed').waitFor();
    await panel.getByRole('button', { name: 'Decline Eve' }).click();
    await eve.getByRole('heading', { name: 'You were not let in' }).waitFor();

    await panel.getByRole('switch', { name: 'Lock the room' }).click();
    await bea.getByRole('img', { name: 'The room is locked' }).waitFor();
    const cai = await stage.newPage();
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

  test('who sat among the guests becomes one with their token', async () => {
    const { url, room } = stage.openRoom();
    const page = await stage.person(url, 'Marta');
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
    const { url } = stage.openRoom();
    const page = await stage.newPage();
    await join(page, `${url}#host=expired`, 'Marta');
    await page.getByText('Your host pass has been used or has expired.').waitFor();
    await page.getByRole('button', { name: 'Join as a guest' }).click();
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });
});
