import { mkdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const looks = [
  { name: 'light', colorScheme: 'light', width: 1280, height: 800 },
  { name: 'dark', colorScheme: 'dark', width: 1280, height: 800 },
  { name: 'light-320', colorScheme: 'light', width: 320, height: 640 },
  { name: 'dark-320', colorScheme: 'dark', width: 320, height: 640 },
] as const;

export const narrow = looks.filter(({ width }) => width === 320);

/** Where to put pictures of every state; none are taken without it. */
const pictures = process.env.SCREENSHOTS;

/** Every rule of axe-core, in light and dark, wide and narrow; and nothing is wider than the narrow screen. */
export async function expectSound(
  page: Page,
  state: string,
  seen: readonly (typeof looks)[number][] = looks,
): Promise<void> {
  for (const { name, colorScheme, width, height } of seen) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      await page.waitForFunction(() => !document.querySelector('#status')?.textContent);
      await page.screenshot({ path: joinPath(pictures, `${state}-${name}.png`) });
    }
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    expect(
      violations.map(
        ({ id, nodes }) => `${name}: ${id} ${nodes.map(({ html, failureSummary }) => html + failureSummary).join()}`,
      ),
    ).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, `${name}: width`).toBeLessThanOrEqual(width);
  }
}
