import * as fc from 'fast-check';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { join, newPerson, received } from './people.ts';
import { expectToSeeAndHear, Stage } from './stage.ts';

const stage = new Stage();

/** Lets a test say how the browser answers the page's next question for devices; it is granted where nothing is said. */
function steerDevices(): void {
  const answers: string[] = [];
  Reflect.set(window, 'answers', answers);
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const answer = answers.shift();
    if (answer !== undefined) throw new DOMException('No', answer);
    return await ask(constraints);
  };
}

type Step = readonly [name: string, act: (page: Page) => Promise<unknown>];

const press = (control: 0 | 1): Step => [
  `press ${['microphone', 'camera'][control]}`,
  (page) => page.locator('.toolbar .control').nth(control).click(),
];

const answerNext = (error: string): Step => [
  `answer the next question by ${error}`,
  (page) => page.evaluate((name) => void (Reflect.get(window, 'answers') as string[]).push(name), error),
];

/** What the browser does to the newest track of a kind: unplugged or withdrawn, held by something else, let go by it. */
const happens = (kind: string, what: 'ended' | 'mute' | 'unmute'): Step => [
  `${kind}: ${what}`,
  (page) =>
    page.evaluate(
      ([ofKind, event]) => {
        const tracks = Reflect.get(window, 'tracks') as MediaStreamTrack[];
        const track = tracks.findLast((one) => one.kind === ofKind && one.readyState === 'live');
        if (!track) return;
        if (event === 'ended') track.stop();
        else Object.defineProperty(track, 'muted', { value: event === 'mute', configurable: true });
        track.dispatchEvent(new Event(event));
      },
      [kind, what] as const,
    ),
];

const kind = fc.constantFrom('audio', 'video');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<0 | 1>(0, 1).map(press) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('NotAllowedError', 'NotReadableError', 'OverconstrainedError').map(answerNext),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(kind, fc.constantFrom<'ended' | 'mute' | 'unmute'>('ended', 'mute', 'unmute'))
      .map(([one, what]) => happens(one, what)),
  },
);

/** What the page shows of the own microphone and camera, once it has opened what it opens. */
async function shown(page: Page): Promise<{ microphone: boolean; camera: boolean }> {
  await expect.poll(() => page.locator('.toolbar .control[aria-busy="true"]').count()).toBe(0);
  const [microphone = false, camera = false] = await page
    .locator('.toolbar .control')
    .evaluateAll((controls) => controls.map((control) => control.classList.contains('on')));
  return { microphone, camera };
}

/** The noise by which a browser conceals what is late; a voice has 0.1 and more. */
const concealment = 0.000_01;

/** Whether another hears and sees something while both browsers make sure a few times that the other is there. */
async function heardAndSeen(page: Page): Promise<{ microphone: boolean; camera: boolean }> {
  const [before, checks] = [await received(page), await checksAnswered(page)];
  await expect.poll(() => checksAnswered(page)).toBeGreaterThan(checks + 1);
  const after = await received(page);
  return { microphone: after.audioEnergy > before.audioEnergy + concealment, camera: after.frames > before.frames };
}

async function checksAnswered(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const connections = Reflect.get(window, 'connections') as RTCPeerConnection[];
    const stats = await Promise.all(connections.map((connection) => connection.getStats()));
    return stats
      .flatMap((reports) => [...reports.values()])
      .reduce((sum, { type, responsesReceived = 0 }) => (type === 'candidate-pair' ? sum + responsesReceived : sum), 0);
  });
}

test('another hears and sees what is shown as on, and nothing else, whatever people and devices do', async () => {
  const { url } = stage.openRoom();
  const context = await newPerson(stage.browser);
  await context.addInitScript(steerDevices);
  const ana = await stage.newPage(context);
  await join(ana, url, 'Ana');
  const bea = await stage.person(url, 'Bea');
  await expectToSeeAndHear(bea);

  const seed = randomSeed();
  // Two at a time: the second may come before anything has come of the first.
  const path = fc.sample(fc.tuple(step, step), { seed, numRuns: randomRuns(12) });
  const names: string[] = [];
  for (const pair of path) {
    for (const [name, act] of pair) {
      names.push(name);
      await act(ana);
    }
    await expect
      .poll(async () => JSON.stringify([await shown(ana), await heardAndSeen(bea)]), {
        message: `what is shown, and what is heard and seen, with SEED=${seed} after ${names.join(', ')}`,
      })
      .toMatch(/^\[(?<shown>.+),\k<shown>\]$/);
  }
});
