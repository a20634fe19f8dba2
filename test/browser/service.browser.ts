import type { Page, WebSocketRoute } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import type { ShownMeeting } from '../journeys/journey.ts';
import { FragileBrowser, join, newPerson } from './people.ts';
import { ServiceStage } from './serviceStage.ts';
import { expectToSeeAndHear, tile } from './stage.ts';

/** The page with the service that it is made for: the deployment's own functions, gateway and table, run here. */
const stage = new ServiceStage();

interface Schedule {
  readonly startsIn?: number;
  readonly endsIn?: number;
  readonly lobby?: boolean;
  readonly password?: string;
}

async function schedule({
  startsIn = -60_000,
  endsIn = 3_600_000,
  lobby = false,
  password,
}: Schedule = {}): Promise<ShownMeeting> {
  const { status, json } = await callAs<ShownMeeting>(stage.service, 'alice', 'POST', '/meetings', {
    name: 'Weekly planning',
    participants: [{ email: 'bea@example.org' }],
    validSince: Date.now() + startsIn,
    validUntil: Date.now() + endsIn,
    lobby,
    ...(password === undefined ? {} : { password }),
  });
  expect(status).toBe(201);
  return json;
}

async function newPage(): Promise<Page> {
  return await (await newPerson(stage.browser)).newPage();
}

async function person(url: string, name: string): Promise<Page> {
  const page = await newPage();
  await join(page, url, name);
  await page.getByRole('group', { name: 'Controls' }).waitFor();
  return page;
}

describe('a meeting', () => {
  test('is opened by its host, who admits whom they invited; they see, hear and write to each other', async () => {
    const meeting = await schedule({ lobby: true });
    const { json } = await callAs<{ url: string }>(
      stage.service,
      'alice',
      'POST',
      `/meetings/${meeting.id}/host-token`,
    );
    const alice = await newPage();
    await join(alice, json.url, 'Alice');
    await alice.getByText('You are the only one here').waitFor();
    expect(alice.url()).toBe(meeting.url);

    const bea = await newPage();
    await join(bea, meeting.url, 'Bea');
    await bea.getByRole('heading', { name: 'Waiting to be let in' }).waitFor();
    await alice.getByRole('button', { name: 'Admit Bea' }).click();
    await Promise.all([expectToSeeAndHear(alice), expectToSeeAndHear(bea)]);

    await bea.getByRole('button', { name: 'Mute microphone' }).click();
    await tile(alice, 'Bea').getByRole('img', { name: 'Microphone off' }).waitFor();
    await bea.getByRole('button', { name: 'Chat' }).click();
    await bea.getByRole('textbox', { name: 'Message' }).fill('Good morning');
    await bea.keyboard.press('Enter');
    await bea.getByRole('log').getByText('Good morning').waitFor();
    await alice.getByRole('button', { name: 'Chat, 1 new message' }).waitFor();

    await bea.reload();
    await bea.getByRole('button', { name: 'Unmute microphone' }).click();
    await Promise.all([expectToSeeAndHear(alice), expectToSeeAndHear(bea)]);

    await alice.getByRole('button', { name: 'People' }).click();
    await alice.getByRole('button', { name: 'Remove Bea' }).click();
    await alice.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await bea.getByRole('heading', { name: 'You were removed' }).waitFor();
    await bea.reload();
    await bea.getByRole('heading', { name: 'You were removed' }).waitFor();

    await alice.getByRole('button', { name: 'End for everyone' }).click();
    await alice.getByRole('dialog').getByRole('button', { name: 'End for everyone' }).click();
    await alice.getByRole('heading', { name: 'The host has ended the meeting' }).waitFor();
  });

  test('with a password lets in who knows it; whoever is inside when it changes stays', async () => {
    const { id, url } = await schedule({ password: '730164' });
    const ana = await newPage();
    await join(ana, url, 'Ana');
    await ana.getByLabel('Password').fill('111111');
    await ana.keyboard.press('Enter');
    await ana.getByText('This password is wrong. Please enter it again.').waitFor();
    await ana.getByLabel('Password').fill('730164');
    await ana.keyboard.press('Enter');
    await ana.getByRole('group', { name: 'Controls' }).waitFor();

    expect((await callAs(stage.service, 'alice', 'PATCH', `/meetings/${id}`, { password: '222222' })).status).toBe(200);
    await ana.reload();
    await ana.getByRole('group', { name: 'Controls' }).waitFor();

    const bea = await newPage();
    await bea.goto(url);
    await bea.getByLabel('Your name').fill('Bea');
    await bea.getByLabel('Password').fill('730164');
    await bea.keyboard.press('Enter');
    await bea.getByText('This password is wrong. Please enter it again.').waitFor();
    await bea.keyboard.type('222222');
    await bea.keyboard.press('Enter');
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
  });

  test('is counted down to, and then its room opens by itself', async () => {
    const page = await newPage();
    const { url } = await schedule({ startsIn: 15_000 });
    await page.goto(url);
    await page.getByRole('timer').waitFor();
    await page.getByLabel('Your name').fill('Ana');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test('that is moved or cancelled leaves nobody in its room', async () => {
    const meeting = await schedule();
    const page = await person(meeting.url, 'Ana');
    const validSince = Date.now() + 7_200_000;
    await callAs(stage.service, 'alice', 'PATCH', `/meetings/${meeting.id}`, {
      validSince,
      validUntil: validSince + 3_600_000,
    });
    await page.getByText('The meeting has been moved').waitFor();
    await page.getByRole('timer').waitFor();
    await callAs(stage.service, 'alice', 'DELETE', `/meetings/${meeting.id}`);
    await page.reload();
    await page.getByRole('heading', { name: 'This meeting was cancelled' }).waitFor();

    const other = await schedule();
    const inside = await person(other.url, 'Bea');
    await callAs(stage.service, 'alice', 'DELETE', `/meetings/${other.id}`);
    await inside.getByRole('heading', { name: 'This meeting was cancelled' }).waitFor();
  });

  test('ends when its time is over', async () => {
    const { id, url } = await schedule();
    const page = await person(url, 'Ana');
    const { status } = await callAs(stage.service, 'alice', 'PATCH', `/meetings/${id}`, {
      validUntil: Date.now() + 10_000,
    });
    expect(status).toBe(200);
    await page.locator('.until.soon').waitFor();
    await page.getByRole('heading', { name: 'This meeting has ended' }).waitFor();
  });
});

describe('a public room', () => {
  test('is there for whoever has its link', async () => {
    const url = `${stage.service.url}/c/coffee-corner`;
    const [ana, bea] = [await person(url, 'Ana'), await person(url, 'Bea')];
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    await ana.getByRole('button', { name: 'Leave' }).click();
    await tile(bea, 'Ana').waitFor({ state: 'detached' });
  });

  test('lets go of somebody whose browser is killed', async () => {
    const url = `${stage.service.url}/c/kitchen`;
    const ana = await person(url, 'Ana');
    const fragile = await FragileBrowser.start();
    try {
      const bea = await (await newPerson(fragile.browser)).newPage();
      await join(bea, url, 'Bea');
      await expectToSeeAndHear(ana);
    } finally {
      await fragile.kill();
    }
    await tile(ana, 'Bea').waitFor({ state: 'detached' });
  });

  test('lets go of somebody who falls silent, though their connection stands; they come back when they wake', async () => {
    const url = `${stage.service.url}/c/attic`;
    const ana = await person(url, 'Ana');
    const fragile = await FragileBrowser.start();
    try {
      const bea = await (await newPerson(fragile.browser)).newPage();
      await join(bea, url, 'Bea');
      await expectToSeeAndHear(ana);
      fragile.freeze();
      await tile(ana, 'Bea').getByText('Lost connection').waitFor();
      fragile.thaw();
      await tile(ana, 'Bea').getByText('Lost connection').waitFor({ state: 'detached' });
      await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    } finally {
      fragile.thaw();
      await fragile.kill();
    }
  });

  test('brings somebody back whose connection ended', async () => {
    const url = `${stage.service.url}/c/library`;
    const sockets: WebSocketRoute[] = [];
    const context = await newPerson(stage.browser);
    await context.routeWebSocket(/^ws:/, (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
    const ana = await context.newPage();
    await join(ana, url, 'Ana');
    const bea = await person(url, 'Bea');
    await expectToSeeAndHear(bea);

    await sockets[0]?.close({ code: 1012 });
    await expect.poll(() => sockets.length).toBe(2);
    await ana.locator('.banner').waitFor({ state: 'detached' });
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    await ana.getByRole('button', { name: 'Mute microphone' }).click();
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();
  });
});

test('asks for nothing that the service does not grant', async () => {
  expect(stage.service.denied()).toEqual([]);
});
