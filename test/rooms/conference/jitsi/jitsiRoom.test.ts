import { expect, test } from 'vitest';
import {
  isJitsiRoomOf,
  jitsiRoomOf,
  meetingIdOfJitsiRoom,
  roomOfJid,
} from '../../../../functions/rooms/conference/jitsi/jitsiRoom.ts';

const meeting = { id: 'm'.repeat(26), key: 'k'.repeat(16) };
const name = jitsiRoomOf(meeting);

test('a meeting’s conference has a name that only its link’s key makes, and that does not tell it', () => {
  expect(name).toMatch(/^m{26}-[0-9a-f]{20}$/);
  expect(name).toBe(name.toLowerCase());
  expect(name).not.toContain('kkk');
  expect(isJitsiRoomOf(meeting, name)).toBe(true);
  expect(isJitsiRoomOf({ ...meeting, key: 'l'.repeat(16) }, name)).toBe(false);
});

test('a name leads to its meeting', () => {
  expect(meetingIdOfJitsiRoom(name)).toBe(meeting.id);
  expect(['', meeting.id, `${name}0`, 'standup'].map(meetingIdOfJitsiRoom)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(isJitsiRoomOf(meeting, `${name}0`)).toBe(false);
});

test('a room is read from its JID, in small letters', () => {
  expect(roomOfJid(`${name.toUpperCase()}@conference.meet.example.org`)).toBe(name);
  expect(roomOfJid('')).toBe('');
});
