import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { credentialExpiry, withCredentials } from '../../../functions/rooms/conference/mesh/iceServers.ts';
import type { IceServer } from '../../../functions/rooms/signalling/protocol.ts';
import { executablePath, join, newPerson, received, startBrowser } from '../people.ts';
import { newPath, type RoomServer, startRoomServer } from '../roomServer.ts';
import { expectToSeeAndHear } from '../stage.ts';
import { TestRoom } from '../testRoom.ts';
import { Authority } from './authority.ts';
import { type ForwardedPort, forwardPort } from './forwardPort.ts';
import { hubAddress, ownAddresses, relayAddress, SeparateNetworks, whatIsMissing } from './separateNetworks.ts';
import { TurnServer } from './turnServer.ts';

const missing = whatIsMissing();
const secret = 'north';

let directory: string;
let networks: SeparateNetworks;
let turn: TurnServer;
let port: ForwardedPort;
let server: RoomServer;
/** Each in a network of its own; they trust the test's authority, and one more does not. */
let here: Browser;
let there: Browser;
let distrustful: Browser;

beforeAll(async () => {
  if (missing !== undefined) return;
  directory = mkdtempSync(joinPath(tmpdir(), 'turn-'));
  networks = new SeparateNetworks();
  const authority = new Authority(directory);
  const certificate = authority.certify(hubAddress);
  turn = new TurnServer({ place: networks.hub, secret, certificate, directory });
  const socketPath = joinPath(directory, 'rooms.socket');
  const originOf = async () => {
    port = await forwardPort(networks.hub, hubAddress, socketPath);
    return `http://${hubAddress}:${port.port}`;
  };
  [server] = await Promise.all([startRoomServer({ socketPath, originOf }), turn.start()]);
  const home = authority.trustingHome();
  [here, there, distrustful] = await Promise.all([
    browserIn(networks.places[0], home),
    browserIn(networks.places[1], home),
    browserIn(networks.places[0], directory),
  ]);
}, 120_000);

/** @param home in which it finds what it trusts */
function browserIn(place: string, home: string): Promise<Browser> {
  return startBrowser({
    program: networks.programWithin(place, executablePath, directory),
    // Pages may use cameras where nobody can listen in: on the machine itself, or by https.
    more: [`--unsafely-treat-insecure-origin-as-secure=${server.origin}`],
    env: { HOME: home },
  });
}

beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing);
});

afterEach(async () => {
  const browsers = [here, there, distrustful].filter((one) => one !== undefined);
  await Promise.all(browsers.flatMap((browser) => browser.contexts().map((context) => context.close())));
});

afterAll(async () => {
  if (missing !== undefined) return;
  await Promise.all([here, there, distrustful].map((browser) => browser?.close()));
  await server?.close();
  port?.close();
  await turn?.stop();
  networks?.remove();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

const urls = {
  udp: `turn:${hubAddress}:3478?transport=udp`,
  tcp: `turn:${hubAddress}:3478?transport=tcp`,
  tls: `turns:${hubAddress}:5349?transport=tcp`,
};

/** As the service makes them for a seat. */
function serversAt(url: string, expires = credentialExpiry('m'.repeat(26), new Date()), seat = 'seat'): IceServer[] {
  return withCredentials([{ urls: [url] }], secret, seat, expires);
}

async function openPage(browser: Browser): Promise<Page> {
  return await (await newPerson(browser)).newPage();
}

/** A page of the room's origin, in no room. */
async function idlePage(browser: Browser): Promise<Page> {
  const page = await openPage(browser);
  const path = newPath();
  server.answer(path, { room: new TestRoom() });
  await page.goto(server.origin + path);
  return page;
}

/** Two people who have met in a room, one from each network. */
async function meet(iceServers: readonly IceServer[]) {
  const [room, path] = [new TestRoom({ iceServers }), newPath()];
  server.answer(path, { room });
  const [ana, bea] = await Promise.all([openPage(here), openPage(there)]);
  for (const [page, name] of [
    [ana, 'Ana'],
    [bea, 'Bea'],
  ] as const) {
    await join(page, server.origin + path, name);
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  }
  return { room, ana, bea };
}

interface Way {
  readonly own: string;
  readonly address: string;
  /** How the page reaches its TURN server. */
  readonly protocol: string;
  readonly other: string;
}

/** The pair of candidates that each connection of a page is using (W3C, "Identifiers for WebRTC's Statistics API"). */
async function waysOf(page: Page): Promise<Way[]> {
  return await page.evaluate(async () => {
    const ways = [];
    for (const connection of Reflect.get(window, 'connections') as RTCPeerConnection[]) {
      if (connection.connectionState !== 'connected') continue;
      const reports = new Map([...(await connection.getStats()).entries()]);
      const transport = [...reports.values()].find(({ type }) => type === 'transport');
      const pair = reports.get(transport?.selectedCandidatePairId);
      const [own, other] = [reports.get(pair?.localCandidateId), reports.get(pair?.remoteCandidateId)];
      ways.push({
        own: own?.candidateType,
        address: own?.address,
        protocol: own?.relayProtocol,
        other: other?.candidateType,
      });
    }
    return ways;
  });
}

/** What gathering at a server comes to: the kinds of candidates, and the codes of its refusals (RFC 8656). */
async function gather(page: Page, iceServers: readonly IceServer[]): Promise<{ kinds: string[]; codes: number[] }> {
  return await page.evaluate(async (servers) => {
    const connection = new RTCPeerConnection({ iceServers: servers as RTCIceServer[], iceTransportPolicy: 'relay' });
    const [kinds, codes] = [new Set<string>(), new Set<number>()];
    connection.onicecandidateerror = ({ errorCode }) => codes.add(errorCode);
    const done = new Promise<void>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate === null) resolve();
        else if (candidate.type !== null && candidate.candidate !== '') kinds.add(candidate.type);
      };
    });
    connection.createDataChannel('probe');
    await connection.setLocalDescription();
    await done;
    connection.close();
    return { kinds: [...kinds], codes: [...codes] };
  }, iceServers);
}

test('the two networks have no way to each other, nor to where the TURN server relays', () => {
  const [near, far] = networks.places;

  expect([near, far].map((place) => networks.reaches(place, hubAddress))).toEqual([true, true]);
  expect(networks.reaches(near, ownAddresses[1])).toBe(false);
  expect(networks.reaches(far, ownAddresses[0])).toBe(false);
  expect([near, far].map((place) => networks.reaches(place, relayAddress))).toEqual([false, false]);
});

describe('through a TURN server', () => {
  test.each(['udp', 'tcp', 'tls'] as const)('two see and hear each other over %s', async (transport) => {
    const { ana, bea } = await meet(serversAt(urls[transport]));
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);

    const relayed = [{ own: 'relay', address: relayAddress, protocol: transport, other: 'relay' }];
    expect(await waysOf(ana)).toEqual(relayed);
    expect(await waysOf(bea)).toEqual(relayed);
  });

  test('nobody gets in whose credentials have expired, or are of another secret', async () => {
    const page = await idlePage(here);
    const forged = withCredentials([{ urls: [urls.udp] }], 'south', 'seat', new Date(Date.now() + 60_000));

    expect(await gather(page, serversAt(urls.udp))).toEqual({ kinds: ['relay'], codes: [] });
    expect(await gather(page, serversAt(urls.udp, new Date(Date.now() - 1_000)))).toEqual({ kinds: [], codes: [401] });
    expect(await gather(page, forged)).toEqual({ kinds: [], codes: [401] });
  });

  test('a browser that does not trust who certifies it sends it nothing over tls', async () => {
    const page = await idlePage(distrustful);

    expect(await gather(page, serversAt(urls.tls))).toMatchObject({ kinds: [] });
    expect(await gather(page, serversAt(urls.tcp))).toMatchObject({ kinds: ['relay'] });
  });

  test('two whose credentials have run out meet again, by fresh ones, once it was away', async () => {
    const idle = await idlePage(here);
    const expires = new Date(Date.now() + 30_000);
    const { room, ana, bea } = await meet(serversAt(urls.udp, expires, 'first'));
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);
    await expect.poll(() => Date.now()).toBeGreaterThan(expires.getTime() + 1_000);
    expect(await gather(idle, serversAt(urls.udp, expires, 'first'))).toEqual({ kinds: [], codes: [401] });

    room.iceServers = serversAt(urls.udp, undefined, 'fresh');
    await turn.stop();
    await turn.start();
    const allocated = /user <\d+:fresh>[^\n]*: incoming packet ALLOCATE processed, success/g;
    await expect.poll(() => turn.log.match(allocated)?.length ?? 0).toBeGreaterThanOrEqual(2);
    await Promise.all([expectToSeeAndHear(ana), expectToSeeAndHear(bea)]);

    expect(room.sent.get('ice')).toBeGreaterThan(0);
    for (const page of [ana, bea]) expect(await received(page)).toMatchObject({ made: 1, connected: 1, closed: 0 });
  });
});
