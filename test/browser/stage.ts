import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { join, newPerson, type PersonOptions, received, startBrowser } from './people.ts';
import { newPath, type RoomServer, startRoomServer } from './roomServer.ts';
import { TestRoom, type TestRoomOptions } from './testRoom.ts';

/** A browser and a server of rooms, for the tests of one file; no test may leave a page that complained. */
export class Stage {
  /** What pages may complain of in a test that breaks something. */
  expected = /^$/;
  #browser: Browser | undefined;
  #server: RoomServer | undefined;
  #faults: string[] = [];

  constructor() {
    beforeAll(async () => {
      [this.#browser, this.#server] = await Promise.all([startBrowser(), startRoomServer()]);
    });
    afterEach(async () => {
      await Promise.all(this.browser.contexts().map((context) => context.close()));
      const found = this.#faults.filter((fault) => !this.expected.test(fault));
      this.#faults = [];
      this.expected = /^$/;
      expect(found, 'what the pages complained of').toEqual([]);
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#server?.close();
    });
  }

  get browser(): Browser {
    if (!this.#browser) throw new Error('The browser has not started');
    return this.#browser;
  }

  get server(): RoomServer {
    if (!this.#server) throw new Error('The server has not started');
    return this.#server;
  }

  openRoom(options: TestRoomOptions = {}): { room: TestRoom; url: string } {
    const room = new TestRoom(options);
    const path = newPath();
    this.server.answer(path, { room, facts: { name: 'Weekly planning' } });
    return { room, url: this.server.origin + path };
  }

  async newPage(context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await newPerson(this.browser))).newPage();
    page.on('pageerror', (error) => this.#faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.#faults.push(message.text()));
    return page;
  }

  /** Somebody in the room. */
  async person(url: string, name: string, options: PersonOptions = {}): Promise<Page> {
    const page = await this.newPage(await newPerson(this.browser, options));
    await join(page, url, name);
    await page.getByRole('group', { name: 'Controls' }).waitFor();
    return page;
  }
}

export function tile(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ hasText: name });
}

/** Pictures and voices have come in since. */
export async function expectToSeeAndHear(page: Page, connections = 1): Promise<void> {
  await expect.poll(async () => (await received(page)).connected).toBe(connections);
  const before = await received(page);
  await expect.poll(async () => (await received(page)).frames).toBeGreaterThan(before.frames + 5);
  await expect.poll(async () => (await received(page)).audioBytes).toBeGreaterThan(before.audioBytes + 500);
}
