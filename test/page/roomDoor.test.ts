import { describe, expect, test } from 'vitest';
import { screenOf } from '../../functions/pages/room/door/roomDoor.ts';

const facts = { kind: 'public', room: 'r', capacity: 8, lobby: false, socketUrl: 'wss://example.org', iceServers: [] };

describe('the answer of the door', () => {
  test('leads elsewhere where a Jitsi server holds the conference, but only over the web', () => {
    const jitsiUrl = 'https://meet.example.org/r';
    expect(screenOf(200, { ...facts, jitsiUrl })).toMatchObject({ at: 'elsewhere', url: jitsiUrl });
    expect(screenOf(200, { ...facts, jitsiUrl: 'javascript:alert(1)' }).at).not.toBe('elsewhere');
  });

  test('says that a host has ended the meeting, but to a host, who opens it', () => {
    const ended = { ...facts, name: 'Planning', endedByHost: true };
    expect(screenOf(200, ended)).toEqual({ at: 'closed', why: 'ended-host', name: 'Planning' });
    expect(screenOf(200, ended, true)).toMatchObject({ at: 'closed', why: 'unsupported' });
  });

  test('says that a browser without WebRTC cannot open the room', () => {
    expect(screenOf(200, facts)).toMatchObject({ at: 'closed', why: 'unsupported' });
  });

  test('counts down to an opening', () => {
    const meeting = {
      name: 'Planning',
      opensAt: '2027-03-01T09:20:00.000Z',
      validSince: '2027-03-01T09:30:00.000Z',
      validUntil: '2027-03-01T10:30:00.000Z',
      timeZone: 'Europe/Madrid',
      sequence: 0,
    };
    const problem = { ...meeting, code: 'too-early', status: 403, title: 'Too early.' };
    expect(screenOf(403, problem)).toEqual({ at: 'early', meeting, moved: false });
    expect(screenOf(403, { ...problem, opensAt: 'soon' })).toMatchObject({ at: 'closed', why: 'unreachable' });
  });

  test.each([
    [
      { id: 'p1', name: 'Bea' },
      { id: 'p1', name: 'Bea' },
    ],
    [{ id: 'p1', name: 'x'.repeat(61) }, { id: 'p1' }],
    [{ name: 'Bea' }, undefined],
    ['Bea', undefined],
  ])('of a link of %j names %j', (participant, named) => {
    const room = { ...facts, kind: 'meeting', jitsiUrl: 'https://meet.example.org/r', participant };
    const screen = screenOf(200, room);
    expect(screen.at === 'elsewhere' && screen.room.participant).toEqual(named);
  });

  test.each([
    [404, { code: 'no-such-room' }, { why: 'no-such-room' }],
    [410, { code: 'cancelled', name: 'Planning' }, { why: 'cancelled', name: 'Planning' }],
    [
      410,
      { code: 'ended', next: { validSince: '2027-03-08T09:30:00Z' } },
      { why: 'ended', next: '2027-03-08T09:30:00Z' },
    ],
    [429, { message: 'Too Many Requests' }, { why: 'busy' }],
    [503, undefined, { why: 'unreachable' }],
    [500, 'text', { why: 'unreachable' }],
    [200, { kind: 'meeting' }, { why: 'unreachable' }],
    [403, { code: 'forbidden' }, { why: 'unreachable' }],
  ])('%i %j closes with %j', (status, body, expected) => {
    expect(screenOf(status, body)).toMatchObject({ at: 'closed', ...expected });
  });
});
