import { describe, expect, test } from 'vitest';
import { FragileNetwork } from './fragileNetwork.ts';
import { candidatesOfOther, FragileBrowser, iceServers, join, newPerson, received, sayings } from './people.ts';
import { expectToSeeAndHear, Stage, tile } from './stage.ts';
import { hostToken } from './testRoom.ts';

const stage = new Stage();

const turn = (username: string) => ({ urls: ['turn:127.0.0.1:3478?transport=udp'], username, credential: 'c2VjcmV0' });

describe('signals', () => {
  test('of both at once make one call', async () => {
    const { url, room } = stage.openRoom({ isRosterTold: true });
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    const offers = room.calls.size;
    expect(offers, 'calls that were begun').toBe(2);
    expect((await received(ana)).connected + (await received(bea)).connected).toBe(2);
  });

  test('may overtake each other', async () => {
    const { url } = stage.openRoom({ delayOf: (data) => ('description' in data ? 700 : 0) });
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    expect((await received(ana)).made).toBe(1);
    for (const page of [ana, bea]) expect(await candidatesOfOther(page), 'learned from signals').toContain('host');
  });

  test('that are lost are made up for', async () => {
    const { url, room } = stage.openRoom({ delayOf: () => Number.POSITIVE_INFINITY });
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await tile(ana, 'Bea').getByText('Connecting…').waitFor();
    await expect.poll(() => room.calls.size).toBeGreaterThan(0);
    const reason = tile(ana, 'Bea').getByText('A firewall or a slow network, here or there, may be in the way.');
    await reason.waitFor();
    room.delayOf = undefined;
    await expect.poll(async () => (await received(ana)).connected).toBe(1);
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    await reason.waitFor({ state: 'detached' });
  });
});

describe('what breaks', () => {
  test('a line that is written on a connection that goes nowhere is sent all the same, and once', async () => {
    const { url, room } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    for (const page of [ana, bea]) await page.getByRole('button', { name: 'Chat' }).click();
    room.cutSilently('Ana');
    const before = Date.now();
    await ana.getByLabel('Message', { exact: true }).fill('Hello');
    await ana.keyboard.press('Enter');
    await ana.getByText('Sending…').waitFor();
    await bea.getByText('Hello').waitFor();
    expect(Date.now() - before, 'milliseconds').toBeLessThan(30_000);
    await ana.getByText('Sending…').waitFor({ state: 'detached' });

    for (const page of [ana, bea]) expect(await page.getByText('Hello', { exact: true }).count()).toBe(1);
  });

  test('a page that was not told of something learns it all the same', async () => {
    const { url, room } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    const eva = await stage.person(url, 'Eva');
    await expectToSeeAndHear(ana, 2);
    room.isSilent = true;
    await bea.close();
    await expect.poll(() => room.people.length).toBe(2);
    await eva.getByRole('button', { name: 'Turn camera off' }).click();
    await expect.poll(() => room.people.map(({ camera }) => camera)).toEqual([true, false]);
    room.isSilent = false;
    expect(await tile(ana, 'Bea').count()).toBe(1);
    await ana.evaluate(() => dispatchEvent(new Event('online')));
    await tile(ana, 'Bea').waitFor({ state: 'detached' });
    await expectToSeeAndHear(eva);
    await expect.poll(async () => (await received(ana)).connected).toBe(1);
  });

  test('a browser that is killed is seen to go', async () => {
    const { url, room } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const fragile = await FragileBrowser.start();
    try {
      const bea = await (await newPerson(fragile.browser)).newPage();
      await join(bea, url, 'Bea');
      await expectToSeeAndHear(ana);
    } finally {
      await fragile.kill();
    }
    await expect.poll(() => sayings(ana)).toContain('Bea has lost the connection');
    await tile(ana, 'Bea').getByText('Lost connection').waitFor();
    await tile(ana, 'Bea').waitFor({ state: 'detached' });
    expect(room.people.map(({ name }) => name)).toEqual(['Ana']);
    await ana.getByText('You are the only one here').waitFor();
  });

  test('a browser that sleeps for a while is called again', async () => {
    const { url } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const fragile = await FragileBrowser.start();
    try {
      const bea = await (await newPerson(fragile.browser)).newPage();
      await join(bea, url, 'Bea');
      await expectToSeeAndHear(ana);

      fragile.freeze();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor();
      fragile.thaw();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor({ state: 'detached' });
      await expectToSeeAndHear(ana);
    } finally {
      fragile.thaw();
      await fragile.kill();
    }
  });

  test('a network that is gone is left for another, in the same call, with fresh credentials', async () => {
    const network = new FragileNetwork();
    const { room, url } = stage.openRoom({ network, iceServers: [turn('stale')] });
    try {
      const ana = await stage.person(url, 'Ana');
      const bea = await stage.person(url, 'Bea');
      await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);

      room.iceServers = [turn('fresh')];
      network.cut();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor({ state: 'detached' });
      await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
      expect([(await received(ana)).made, (await received(bea)).made], 'connections made').toEqual([1, 1]);
      const used = (await Promise.all([ana, bea].map(iceServers))).flat(2);
      expect(used, 'of whoever began the call').toContainEqual(turn('fresh'));
    } finally {
      network.close();
    }
  });

  test('a socket that breaks comes back, and the call goes on meanwhile', async () => {
    stage.expected = /^WebSocket connection to .* failed/;
    const { url, room } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
    const bea = await stage.person(url, 'Bea');
    await expectToSeeAndHear(ana);
    const { made } = await received(ana);

    stage.server.away = true;
    room.cut('Ana');
    await ana.locator('.banner', { hasText: 'Your connection was lost' }).waitFor();
    expect(await ana.getByRole('alert').textContent()).toBe('Your connection was lost. Reconnecting…');
    await tile(bea, 'Ana').getByText('Lost connection').waitFor();
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);

    stage.server.away = false;
    await ana.locator('.banner').waitFor({ state: 'detached' });
    await tile(bea, 'Ana').getByText('Lost connection').waitFor({ state: 'detached' });
    expect(await ana.getByRole('alert').textContent()).toBe('');
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    expect((await received(ana)).made, 'connections made').toBe(made);
    await ana.getByRole('button', { name: 'Mute microphone' }).click();
    await tile(bea, 'Ana').getByRole('img', { name: 'Microphone off' }).waitFor();
  });

  test('somebody whose whole network is away for long is let go, and called again when it is back', async () => {
    stage.expected = /^WebSocket connection to .* failed/;
    const network = new FragileNetwork();
    const { url, room } = stage.openRoom({ network });
    try {
      const ana = await stage.person(url, 'Ana');
      const bea = await stage.person(url, 'Bea');
      await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
      const before = room.people.map(({ id }) => id).sort();

      stage.server.away = true;
      network.cut();
      room.cut('Ana');
      await ana.locator('.banner', { hasText: 'Your connection was lost' }).waitFor();
      await tile(bea, 'Ana').getByText('Lost connection').waitFor();
      await tile(ana, 'Bea').getByText('Reconnecting…').waitFor();
      await bea.getByText('You are the only one here').waitFor();
      await expect.poll(async () => (await received(ana)).connected).toBe(0);

      network.mend();
      stage.server.away = false;
      await ana.locator('.banner').waitFor({ state: 'detached' });
      await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
      for (const page of [ana, bea]) await page.locator('.wire').waitFor({ state: 'detached' });
      expect(room.people.map(({ id }) => id).sort()).toEqual(before);
    } finally {
      network.close();
    }
  });

  test('a page that is loaded again sits where it sat, as it was', async () => {
    const { url, room } = stage.openRoom({ lobby: true });
    const marta = await stage.newPage();
    await join(marta, `${url}#host=${hostToken}`, 'Marta');
    await marta.getByRole('group', { name: 'Controls' }).waitFor();
    const bea = await stage.newPage();
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
    const { url, room } = stage.openRoom();
    const ana = await stage.person(url, 'Ana');
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
    const { url, room } = stage.openRoom();
    const context = await newPerson(stage.browser);
    const ana = await stage.newPage(context);
    let pongs = 0;
    ana.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('"pong"')) pongs += 1;
      }),
    );
    await ana.clock.install();
    await join(ana, url, 'Ana');
    await ana.getByRole('group', { name: 'Controls' }).waitFor();
    const bea = await stage.person(url, 'Bea');
    await expectToSeeAndHear(bea);

    for (let pings = 1; pings <= 27; pings += 1) {
      await ana.clock.fastForward('04:00');
      await expect.poll(() => pongs).toBe(pings);
    }
    expect(room.sent.get('join')).toBe(2);
    await ana.clock.fastForward('03:00');
    await expect.poll(() => room.sent.get('join')).toBe(3);
    expect(room.told.filter(({ type }) => type === 'left')).toEqual([]);
    expect(await tile(bea, 'Ana').getByText('Lost connection').count()).toBe(0);
    await expectToSeeAndHear(bea);
    expect((await received(bea)).made).toBe(1);
  });
});
