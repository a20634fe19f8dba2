import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { holdSoundBack, join, newPerson, received } from './people.ts';
import { expectToSeeAndHear, Stage, tile } from './stage.ts';

const stage = new Stage();

/** What the browser does to the newest track of a kind: during a call on a phone, behind a switch, under a lid. */
async function setMuted(page: Page, kind: 'audio' | 'video' | 'screen', muted: boolean): Promise<void> {
  await page.evaluate(
    ([wanted, isMuted]) => {
      const tracks = Reflect.get(window, 'tracks') as MediaStreamTrack[];
      const screen = Reflect.get(window, 'screenTrack') as MediaStreamTrack | undefined;
      const device = tracks.findLast((one) => one.kind === wanted && one.readyState === 'live');
      const track = wanted === 'screen' ? screen : device;
      if (!track) throw new Error(`No ${wanted} is on`);
      Object.defineProperty(track, 'muted', { value: isMuted, configurable: true });
      track.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
    },
    [kind, muted] as const,
  );
}

/** What comes in is silence from now on, but for the noise by which a browser conceals what is late: a voice has 0.1 and more. */
async function expectSilence(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const before = await received(page);
      await expect.poll(async () => (await received(page)).audioBytes).toBeGreaterThan(before.audioBytes + 500);
      return (await received(page)).audioEnergy - before.audioEnergy;
    })
    .toBeLessThan(0.000_01);
}

test('a microphone and a camera that something else holds are shown as off to all, and are on again by themselves', async () => {
  const { url } = stage.openRoom();
  const ana = await stage.person(url, 'Ana');
  const bea = await stage.person(url, 'Bea');
  await expectToSeeAndHear(bea);

  await setMuted(ana, 'audio', true);
  const silent = ana.getByText('The microphone gives no sound at the moment: a call,').first();
  await silent.waitFor();
  await ana.getByRole('button', { name: 'Mute microphone' }).waitFor();
  await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();
  await expectSilence(bea);
  await setMuted(ana, 'video', true);
  await ana.getByText('The camera gives no picture at the moment: another program,').first().waitFor();
  await tile(bea, 'Ana').locator('.avatar').waitFor();

  await setMuted(ana, 'audio', false);
  await setMuted(ana, 'video', false);
  await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor({ state: 'detached' });
  await tile(bea, 'Ana').locator('.avatar').waitFor({ state: 'detached' });
  await ana.locator('.banner').waitFor({ state: 'detached' });
  const before = await received(bea);
  await expect.poll(async () => (await received(bea)).audioEnergy).toBeGreaterThan(before.audioEnergy);
  await expectToSeeAndHear(bea);
});

test('a microphone that is still held when one comes back to the page is opened anew', async () => {
  const { url } = stage.openRoom();
  const ana = await stage.person(url, 'Ana');
  const bea = await stage.person(url, 'Bea');
  await expectToSeeAndHear(bea);
  await setMuted(ana, 'audio', true);
  await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();

  await ana.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor({ state: 'detached' });
  const before = await received(bea);
  await expect.poll(async () => (await received(bea)).audioEnergy).toBeGreaterThan(before.audioEnergy);
});

test('a shared window that is hidden says so to its owner, and is shown again by itself', async () => {
  const { url } = stage.openRoom();
  const context = await newPerson(stage.browser);
  await context.addInitScript(recordScreens);
  const ana = await stage.newPage(context);
  await join(ana, url, 'Ana');
  const bea = await stage.person(url, 'Bea');
  await ana.getByRole('button', { name: 'Share the screen' }).click();
  await bea.getByText('Ana’s screen').waitFor();

  await setMuted(ana, 'screen', true);
  await ana
    .getByText('You are sharing your screen, but nothing of it can be shown at the moment. Is the window hidden?')
    .waitFor();
  await setMuted(ana, 'screen', false);
  await ana.getByText('You are sharing your screen', { exact: true }).waitFor();
  expect(await bea.getByText('Ana’s screen').count()).toBe(1);
});

/** Beside the tracks of cameras and microphones, which are told by their kind. */
function recordScreens(): void {
  const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getDisplayMedia = async (constraints) => {
    const stream = await ask(constraints);
    const [track] = stream.getVideoTracks();
    if (track) Reflect.set(window, 'screenTrack', track);
    return stream;
  };
}

test('pictures that the browser pauses go on by themselves, or by a click where it wants one', async () => {
  const { url } = stage.openRoom();
  await stage.person(url, 'Ana');
  const context = await newPerson(stage.browser);
  const bea = await stage.newPage(context);
  await join(bea, url, 'Bea');
  await expectToSeeAndHear(bea);
  const pause = () =>
    tile(bea, 'Ana')
      .locator('video')
      .evaluate((video: HTMLVideoElement) => video.pause());
  const paused = tile(bea, 'Ana').getByText('Paused by the browser');

  await pause();
  await paused.waitFor();
  await paused.waitFor({ state: 'detached' });
  expect(
    await tile(bea, 'Ana')
      .locator('video')
      .evaluate((video: HTMLVideoElement) => video.paused),
  ).toBe(false);

  await bea.evaluate(holdSoundBack);
  await pause();
  const turnOn = bea.getByRole('button', { name: 'Turn sound on' });
  await turnOn.waitFor();
  await paused.waitFor();
  await bea.evaluate(() => Reflect.set(window, 'clicked', true));
  await turnOn.click();
  await paused.waitFor({ state: 'detached' });
  await turnOn.waitFor({ state: 'detached' });
});

test('whoever’s browser does not measure their voice is asked for a click, and is shown its level after it', async () => {
  const { url } = stage.openRoom();
  const context = await newPerson(stage.browser);
  await context.addInitScript(holdMeasuringBack);
  const ana = await stage.newPage(context);
  await ana.goto(url);
  const asked = ana.getByText('Click the page to see how loud you are.');
  await asked.waitFor();
  expect(await ana.getByRole('meter').count()).toBe(0);
  await ana.getByLabel('Your name').click();
  await asked.waitFor({ state: 'detached' });
  await ana.getByRole('meter', { name: 'Microphone level' }).waitFor();

  // As a call does on a phone.
  await ana.evaluate(() => (Reflect.get(window, 'context') as AudioContext).suspend());
  await expect.poll(() => ana.evaluate(() => (Reflect.get(window, 'context') as AudioContext).state)).toBe('running');
  await ana.getByRole('meter', { name: 'Microphone level' }).waitFor();
});

/** As browsers do until a page is clicked: what is made is suspended, and is so until then. */
function holdMeasuringBack(): void {
  let isClicked = false;
  addEventListener('pointerdown', () => (isClicked = true), true);
  window.AudioContext = class extends AudioContext {
    constructor() {
      super();
      Reflect.set(window, 'context', this);
      void super.suspend();
    }
    override resume(): Promise<void> {
      return isClicked ? super.resume() : new Promise(() => {});
    }
  };
}
