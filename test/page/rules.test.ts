import { expect, test } from 'vitest';
import { sharedAddress } from '../../functions/pages/room/browser/sharedAddress.ts';
import { screenBudget, videoBudget } from '../../functions/pages/room/call/videoBudget.ts';
import { doorPause } from '../../functions/pages/room/door/doorPause.ts';
import { loudnessOf } from '../../functions/pages/room/media/loudness.ts';
import { socketAddress } from '../../functions/pages/room/signalling/socketAddress.ts';
import { initialsOfGuest } from '../../functions/pages/room/views/picture.tsx';

test.each([false, true])(
  'what one sends to all the others fits the upload of a home: with a screen, %s',
  (isSharing) => {
    for (let people = 2; people <= 16; people += 1) {
      const camera = videoBudget({ people, isSharing });
      const screen = screenBudget({ people, isSharing });
      const all = (camera.maxBitrate + (isSharing ? screen.maxBitrate : 0)) * (people - 1);
      expect(all, `${people} people`).toBeLessThanOrEqual(2_100_000);
      expect(camera.scaleResolutionDownBy).toBeGreaterThanOrEqual(1);
      expect(camera.maxBitrate).toBeLessThanOrEqual(videoBudget({ people: people - 1, isSharing }).maxBitrate);
      expect(screen.scaleResolutionDownBy).toBe(1);
    }
  },
);

test.each([
  [2, 1_500_000, 1],
  [4, 700_000, 1.5],
  [6, 420_000, 2],
  [8, 300_000, 3],
])(
  'of %i people each sends the others %i bits a second of a picture that is %f times smaller',
  (people, bits, scale) => {
    const budget = { maxBitrate: bits, scaleResolutionDownBy: scale };
    expect(videoBudget({ people, isSharing: false })).toEqual(budget);
  },
);

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
  expect(initialsOfGuest(name)).toBe(expected);
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
