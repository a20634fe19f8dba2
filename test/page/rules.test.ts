import { expect, test } from 'vitest';
import { screenBudget, videoBudget } from '../../functions/pages/room/call/videoBudget.ts';
import { doorPause } from '../../functions/pages/room/door/doorPause.ts';
import { loudnessOf } from '../../functions/pages/room/media/loudness.ts';
import { socketAddress } from '../../functions/pages/room/signalling/socketAddress.ts';
import { initials } from '../../functions/pages/room/views/picture.tsx';
import { sharedAddress } from '../../functions/pages/room/visit/sharedAddress.ts';

test('what one sends to all the others fits the upload of a home, however many there are', () => {
  for (let people = 2; people <= 16; people += 1) {
    const { maxBitrate, scaleResolutionDownBy } = videoBudget(people);
    if (people <= 8) expect(maxBitrate * (people - 1), `${people} people`).toBeLessThanOrEqual(2_500_000);
    expect(scaleResolutionDownBy).toBeGreaterThanOrEqual(1);
    expect(maxBitrate).toBeLessThanOrEqual(videoBudget(people - 1).maxBitrate);
    expect(screenBudget(people).scaleResolutionDownBy).toBe(1);
  }
});

test('a door is asked when it opens, by everyone at another moment, and now and then before', () => {
  const minute = 60_000;
  expect(doorPause(60 * minute, 0, 0.5)).toBe(5 * minute);
  expect(doorPause(minute, 0, 0)).toBe(minute);
  expect(doorPause(minute, 0, 1)).toBe(minute + 2_500);
  expect(doorPause(0, minute, 0)).toBe(2_500);
});

test('loudness goes by decibels', () => {
  const tone = (amplitude: number) => Float32Array.from({ length: 512 }, (_, index) => amplitude * Math.sin(index / 4));
  expect(loudnessOf(tone(0))).toBe(0);
  expect(loudnessOf(tone(0.0005))).toBe(0);
  expect(loudnessOf(tone(0.03))).toBeCloseTo(0.44, 1);
  expect(loudnessOf(tone(1))).toBeGreaterThan(0.9);
  expect(loudnessOf(Float32Array.from({ length: 8 }, () => 2))).toBe(1);
});

test.each([
  ['Ana Puig', 'AP'],
  ['  ana  maria puig ', 'AP'],
  ['Eva', 'E'],
  ['🎉 Party', '🎉P'],
  ['', ''],
])('the initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('the socket is told the link’s key, and nothing where a room has none', () => {
  const facts = { capacity: 8, lobby: false, socketUrl: 'wss://example.org/live', iceServers: [] };
  const address = (kind: 'meeting' | 'public', room: string, path: string) =>
    socketAddress({ ...facts, kind, room }, path);
  expect(address('meeting', 'abc', '/m/abc.k3y')).toBe('wss://example.org/live?room=abc&key=k3y');
  expect(address('meeting', 'abc.k3y', '/m/marta')).toBe('wss://example.org/live?room=abc.k3y&key=');
  expect(address('public', 'c.offee', '/c/c.offee')).toBe('wss://example.org/live?room=c.offee&key=');
});

test('a link that is copied says nothing of who copies it', () => {
  const own = '/m/k3v9x0q2m7c1.h7d2s9f4j1k6~4z8q1m0x7c2v.9m4x1c7v2z8q5t3w';
  expect(sharedAddress(own)).toBe('/m/k3v9x0q2m7c1.h7d2s9f4j1k6');
  expect(sharedAddress('/~a/b/abc.k3y')).toBe('/~a/b/abc.k3y');
  expect(sharedAddress('/c/coffee')).toBe('/c/coffee');
});
