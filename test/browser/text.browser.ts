import fc from 'fast-check';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { lineInput } from '../../functions/runtime/text/text.ts';
import { randomSeed } from '../randomRuns.ts';
import { newPerson } from './people.ts';
import { newPath } from './roomServer.ts';
import { Stage } from './stage.ts';
import { TestRoom } from './testRoom.ts';

/** What people type, as the service takes it, and the page shows it among other text: nothing around it may move. */
const stage = new Stage();
/** What fades in has not arrived yet. */
const still = { reducedMotion: 'reduce' } as const;
const times = { validSince: '2027-03-01T09:00:00Z', validUntil: '2027-03-01T10:00:00Z', timeZone: 'Europe/Madrid' };

/** One of each kind that disturbs what stands beside it, or draws beyond its line. */
const disturbing = [
  'פגישה',
  'اجتماع 7:30',
  '(א) 12',
  'Ana פגישה',
  '\u200fAna',
  'Zoë ❤️‍🔥👩‍👩‍👧‍👦',
  `q${'\u0301'.repeat(40)}`,
  `${'\u0489'.repeat(8)}x`,
  '𝒜𝓃𝒶',
  '<b>Ana</b> &amp;',
  '﷽',
  'a\u200db\u00adc',
  '東京の会議',
  '꧁༺Ana༻꧂',
];

/** Random ones that the service accepts. */
function accepted(): string[] {
  const rule = lineInput(200);
  const typed = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((text) => z.safeParse(rule, text).success);
  return fc.sample(typed, { seed: randomSeed(), numRuns: 30 }).map((text) => text.trim());
}

/** Where what does not belong to the text begins. */
async function corners(page: Page, ...others: Locator[]): Promise<object[]> {
  await page.evaluate(() => document.fonts.ready);
  return await Promise.all(
    others.map(async (one) => {
      const box = await one.boundingBox();
      return { x: box?.x, y: box?.y };
    }),
  );
}

/** Where a part of an element's text is drawn: the left edge of each of its characters grows. */
async function isDrawnInOrder(locator: Locator, part: string): Promise<boolean> {
  return await locator.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.textContent?.lastIndexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      const left = (index: number) => {
        range.setStart(node, start + index);
        range.setEnd(node, start + index + 1);
        return range.getBoundingClientRect().left;
      };
      const whole = document.createRange();
      whole.selectNodeContents(element);
      const box = whole.getBoundingClientRect();
      const letters = Array.from(wanted, (_, index) => left(index));
      const grows = letters.every((at, index) => index === 0 || at > (letters[index - 1] ?? 0));
      const isAtItsEnd =
        start === 0 ? Math.abs(left(0) - box.left) < 1 : Math.abs(range.getBoundingClientRect().right - box.right) < 1;
      return grows && isAtItsEnd;
    }
    return false;
  }, part);
}

describe('the name of a meeting and of its organizer', () => {
  test('are shown as they are, and move nothing', async () => {
    const path = newPath();
    const page = await stage.newPage(await newPerson(stage.browser, still));
    const open = async (text: string) => {
      stage.server.answer(path, { room: new TestRoom(), facts: { name: text, organizer: text, ...times } });
      await page.goto(stage.server.origin + path);
      await page.getByRole('button', { name: 'Join' }).waitFor();
    };
    const surroundings = () =>
      corners(page, page.getByText('Monday, 1 March 2027'), page.locator('.leaf'), page.getByLabel('Your name'));
    await open('Ana');
    const before = await surroundings();

    for (const text of [...disturbing, ...accepted()]) {
      await open(text);

      expect(await page.locator('#title').textContent()).toBe(text);
      const organizer = page.getByText('Organized by');
      expect((await organizer.textContent())?.replaceAll(/[\u2068\u2069]/g, ''), text).toBe(`Organized by ${text}`);
      expect(await isDrawnInOrder(organizer, 'Organized by'), text).toBe(true);
      expect(await surroundings(), text).toEqual(before);
    }
  });
});

describe('what people write to each other, and their names', () => {
  test('are shown as they are, and move nothing', async () => {
    const { url } = stage.openRoom();
    const me = await stage.person(url, 'Marta', still);
    await me.getByRole('button', { name: 'Chat' }).click();
    const box = me.getByRole('textbox', { name: 'Message' });
    const before = await corners(me, box, me.getByRole('group', { name: 'Controls' }));

    for (const text of [...disturbing, ...accepted()]) {
      await box.fill(text);
      await me.keyboard.press('Enter');
      const line = me.getByRole('log').locator('.line .text').last();
      await expect.poll(() => line.textContent()).toBe(text);
      expect(await corners(me, box, me.getByRole('group', { name: 'Controls' })), text).toEqual(before);
    }
  });

  test.each(disturbing)('the screen of somebody called %s is named in order', async (name) => {
    const { url } = stage.openRoom();
    const me = await stage.person(url, 'Marta', still);
    const other = await stage.person(url, name, still);
    await other.getByRole('button', { name: 'Share the screen' }).click();
    const plate = me.getByText('’s screen').last();

    await expect
      .poll(async () => (await plate.textContent())?.replaceAll(/[\u2068\u2069]/g, ''))
      .toBe(`${name}’s screen`);
    expect(await isDrawnInOrder(plate, '’s screen')).toBe(true);
  });
});
