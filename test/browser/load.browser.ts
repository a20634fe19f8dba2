import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newPerson, received } from './people.ts';
import { expectToSeeAndHear, Stage } from './stage.ts';

const stage = new Stage();

/** Programs that take all the time that a processor has. */
let hogs: ChildProcess[];

beforeEach(async () => {
  hogs = [1, 2].map(() => spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }));
  await Promise.all(hogs.map((hog) => once(hog, 'spawn')));
});

afterEach(() => {
  for (const hog of hogs) hog.kill('SIGKILL');
});

test('four who join at once beside two busy programs all see each other, over few more connections than there are pairs', async () => {
  const { url } = stage.openRoom();
  const pages = await joinAtOnce(url, ['Ana', 'Bea', 'Eva', 'Marta']);
  await expectAllToSeeEachOther(pages);
});

test('… also where each signal takes seven seconds, which is more than a call has time for at first', async () => {
  const { url } = stage.openRoom({ delayOf: () => 7_000 });
  const pages = await joinAtOnce(url, ['Ana', 'Bea', 'Eva', 'Marta']);
  await expectAllToSeeEachOther(pages);
});

async function joinAtOnce(url: string, names: readonly string[]): Promise<Page[]> {
  const pages = await Promise.all(names.map(async () => await stage.newPage(await newPerson(stage.browser))));
  await Promise.all(pages.map((page) => page.goto(url)));
  await Promise.all(pages.map((page, index) => page.getByLabel('Your name').fill(names[index] ?? '')));
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Join' }).click()));
  return pages;
}

async function expectAllToSeeEachOther(pages: readonly Page[]): Promise<void> {
  await Promise.all(pages.map((page) => expectToSeeAndHear(page, 3)));
  await Promise.all(pages.map((page) => expect.poll(() => picturesSeen(page)).toBe(3)));
  expect(
    hogs.map(({ exitCode, signalCode }) => [exitCode, signalCode]),
    'how the programs ended',
  ).toEqual([
    [null, null],
    [null, null],
  ]);
  const made = (await Promise.all(pages.map(received))).map((page) => page.made);
  // Each has one with each of the others; a first one that had too little time is made once more.
  expect(Math.max(...made), `connections of each page: ${made}`).toBeLessThanOrEqual(9);
}

/** How many of the others are drawn: their pictures have a size, and go on. */
async function picturesSeen(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLVideoElement>('.tile:not(.own) video')].filter(
        ({ videoWidth, currentTime }) => videoWidth > 0 && currentTime > 0,
      ).length,
  );
}
