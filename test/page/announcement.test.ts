import { expect, test } from 'vitest';
import { type PageEvent, reduce } from '../../functions/pages/room/state/reduce.ts';
import { initialState } from '../../functions/pages/room/state/state.ts';
import { announcementOf } from '../../functions/pages/room/words/announcement.ts';
import { en } from '../../functions/pages/room/words/en.ts';
import { timesIn } from '../../functions/pages/shared/words/times.ts';
import type { Person, ServerMessage } from '../../functions/rooms/signalling/protocol.ts';

const speech = { words: en, times: timesIn('en-GB', 'UTC') };
const ana: Person = { id: 'ana', name: 'Ana', host: false, camera: true, microphone: true, screen: false };
const room = { kind: 'public', room: 'r', capacity: 8, lobby: false, socketUrl: 'wss://x', iceServers: [] } as const;
const joined: ServerMessage = {
  type: 'joined',
  seat: { id: 'me', token: 't' },
  you: { id: 'me', name: 'Me', host: true },
  people: [ana],
  iceServers: [],
  locked: false,
};

/** What is said of the last of several events. */
function said(...events: PageEvent[]): string | undefined {
  const opened: PageEvent = { type: 'opened', screen: { at: 'lobby', room, joining: false, refusal: undefined } };
  const states = [opened, ...events].reduce(([, before], event) => [before, reduce(before, event)] as const, [
    initialState('', 0),
    initialState('', 0),
  ] as const);
  const last = events.at(-1);
  return last && announcementOf(last, states[0], states[1], speech);
}

const message = (content: ServerMessage): PageEvent => ({ type: 'message', message: content });
const inRoom = message(joined);
const ending = message({ ...joined, endsAt: '2027-01-01T10:00:00Z' });
const at = (time: string): PageEvent => ({ type: 'ticked', now: Date.parse(`2027-01-01T${time}Z`) });
const chat = message({ type: 'chat', from: 'ana', text: 'Hello', at: '2027-01-01T10:00:00Z' });

test.each<[string, PageEvent[], string | undefined]>([
  ['joining', [inRoom], 'You are in the room.'],
  ['joining again', [inRoom, { type: 'online', online: false }, inRoom], 'You are connected again'],
  ['joining on another connection before the first has ended', [inRoom, inRoom], undefined],
  ['an arrival', [inRoom, message({ type: 'arrived', person: { ...ana, id: 'bea', name: 'Bea' } })], 'Bea has joined'],
  ['a return', [inRoom, message({ type: 'arrived', person: ana })], undefined],
  ['a departure', [inRoom, message({ type: 'left', id: 'ana' })], 'Ana has left'],
  ['a loss', [inRoom, message({ type: 'left', id: 'ana', lost: true })], 'Ana has lost the connection'],
  [
    'a loss for good',
    [inRoom, message({ type: 'left', id: 'ana', lost: true }), { type: 'gone', id: 'ana' }],
    'Ana has left',
  ],
  ['a screen', [inRoom, message({ type: 'changed', person: { id: 'ana', screen: true } })], 'Ana is sharing a screen'],
  [
    'one’s own screen that another’s replaces',
    [inRoom, message({ type: 'shareOver', by: 'ana' })],
    en.said.shareOver('Ana'),
  ],
  ['a camera of another', [inRoom, message({ type: 'changed', person: { id: 'ana', camera: false } })], undefined],
  ['a message', [inRoom, chat], 'Ana: Hello'],
  ['a message that is seen', [inRoom, { type: 'panel', panel: 'chat' }, chat], undefined],
  ['one’s own message', [inRoom, message({ type: 'chat', from: 'me', text: 'Hi', at: '' })], undefined],
  ['a knock', [inRoom, message({ type: 'knocking', id: 'k', name: 'Eve' })], '“Eve” would like to join'],
  ['a lock', [inRoom, message({ type: 'locked', locked: true })], 'The room is now locked'],
  ['an end that is near', [ending, at('09:54:59'), at('09:55:00')], 'This meeting ends at 10:00.'],
  [
    'an end that is moved to soon',
    [ending, at('09:30:00'), message({ type: 'ending', at: '2027-01-01T09:32:00Z' })],
    'This meeting ends at 09:32.',
  ],
  ['an end that is known', [ending, message({ type: 'ending', at: '2027-01-01T10:00:00Z' })], undefined],
  ['an end that is nearer', [ending, at('09:55:00'), at('09:56:00')], undefined],
  ['a room that is full', [inRoom, message({ type: 'error', code: 'full', message: '' })], en.said.full],
  ['another fault', [inRoom, message({ type: 'error', code: 'no-such-person', message: '' })], undefined],
  ['a device', [inRoom, { type: 'device', kind: 'camera', state: 'on' }], 'Camera on'],
  ['a device that fails', [inRoom, { type: 'device', kind: 'camera', state: 'busy' }], en.device.camera.busy],
  ['a device in the lobby', [{ type: 'device', kind: 'camera', state: 'on' }], undefined],
])('%s is announced', (_, events, expected) => {
  expect(said(...events)).toBe(expected);
});
