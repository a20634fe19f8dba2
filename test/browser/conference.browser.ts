import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { join, newPerson, received, startBrowser } from './people.ts';
import { newPath, type RoomServer, startRoomServer } from './roomServer.ts';
import { TestRoom } from './testRoom.ts';

let browser: Browser;
let server: RoomServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startRoomServer()]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

test('two people see and hear each other', async () => {
  const room = new TestRoom();
  const path = newPath();
  server.answer(path, { room, facts: { name: 'Weekly planning' } });
  const ana = await (await newPerson(browser)).newPage();
  const bea = await (await newPerson(browser)).newPage();
  ana.on('console', (m) => console.log('ana', m.text()));
  ana.on('pageerror', (m) => console.log('ana', m));
  await join(ana, server.origin + path, 'Ana');
  await join(bea, server.origin + path, 'Bea');
  await expect.poll(() => received(ana).then(({ frames }) => frames), { timeout: 20_000 }).toBeGreaterThan(20);
  await expect.poll(() => received(bea).then(({ frames }) => frames), { timeout: 20_000 }).toBeGreaterThan(20);
  console.log(await received(ana), await received(bea), room.largest);
  await ana.screenshot({ path: '/tmp/ana.png' });
});
