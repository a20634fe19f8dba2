import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  credentialExpiry,
  needsCredentials,
  withCredentials,
  withoutCredentials,
} from '../../../../functions/rooms/conference/mesh/iceServers.ts';
import { publicRoomId } from '../../../../functions/rooms/publicRoom.ts';

const stun = 'stun:stun.example.org:3478';
const turn = ['turn:turn.example.org:3478', 'turns:turn.example.org:443?transport=tcp'];
const servers = [{ urls: [stun, ...turn] }, { urls: ['turn:other.example.org'] }];
const expires = new Date('2027-03-01T22:00:00Z');

test('TURN gets credentials that coturn checks from the secret that it shares', () => {
  const username = `${expires.getTime() / 1_000}:seat`;
  const credential = createHmac('sha1', 'north').update(username).digest('base64');

  expect(withCredentials(servers, 'north', 'seat', expires)).toEqual([
    { urls: [stun] },
    { urls: turn, username, credential },
    { urls: ['turn:other.example.org'], username, credential },
  ]);
});

// The reference: openssl dgst -sha1 -hmac north -binary | base64, of "1803938400:seat".
test('the credential is HMAC-SHA1 in base64', () => {
  expect(withCredentials([{ urls: turn }], 'north', 'seat', new Date(1_803_938_400_000))[0]?.credential).toBe(
    '7hAGfHMt4zLgJcHrOQjIL01bhMg=',
  );
});

test('without a secret a browser is not given what it would refuse', () => {
  expect(withCredentials(servers, undefined, 'seat', expires)).toEqual([{ urls: [stun] }]);
  expect(withoutCredentials(servers)).toEqual([{ urls: [stun] }]);
});

test('a secret is wanted only for TURN', () => {
  expect(needsCredentials([{ urls: [stun] }])).toBe(false);
  expect(needsCredentials(servers)).toBe(true);
});

test('credentials last two hours in a meeting, and a quarter of one in a public room', () => {
  const now = new Date('2027-03-01T10:00:00Z');

  expect(credentialExpiry('m'.repeat(26), now)).toEqual(new Date('2027-03-01T12:00:00Z'));
  expect(credentialExpiry(publicRoomId('team'), now)).toEqual(new Date('2027-03-01T10:15:00Z'));
});
