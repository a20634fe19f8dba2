import { expect, test } from 'vitest';
import { isAgreed, type Told, viewIn } from '../../functions/pages/room/signalling/agreement.ts';
import { reduceMessage } from '../../functions/pages/room/state/reduceMessage.ts';
import { initialState, type Screen } from '../../functions/pages/room/state/state.ts';
import type { Person, RoomView, ServerMessage } from '../../functions/rooms/signalling/protocol.ts';

const ana: Person = { id: 'ana', name: 'Ana', host: false, camera: true, microphone: true, screen: false };
const bea: Person = { ...ana, id: 'bea', name: 'Bea' };
const room = { kind: 'public', room: 'r', capacity: 8, lobby: false, socketUrl: 'wss://x', iceServers: [] } as const;
const view: RoomView = { people: [ana, bea], locked: false, endsAt: '2027-01-01T10:00:00.000Z' };

/** The conference as a page knows it after a roster, and further messages. */
function knownAfter(messages: readonly ServerMessage[]) {
  const you = { id: 'me', name: 'Me', host: true };
  const joined: ServerMessage = { type: 'joined', seat: { id: 'me', token: 't' }, you, iceServers: [], ...view };
  const lobby: Screen = { at: 'lobby', room, joining: true, refusal: undefined };
  const { screen } = [joined, ...messages].reduce(reduceMessage, { ...initialState('Me', 0), screen: lobby });
  if (screen.at !== 'room') throw new Error(`The page is at ${screen.at}`);
  return screen.conference;
}

const knocking: ServerMessage = { type: 'knocking', id: 'knock', name: 'Eva' };
const ofGuest = { ...view, knocks: [] };
const { endsAt: _, ...endless } = ofGuest;

test.each<[string, ServerMessage[], Told, boolean]>([
  ['the same', [], ofGuest, true],
  ['people in another order', [], { ...ofGuest, people: [bea, ana] }, true],
  ['somebody who went', [], { ...ofGuest, people: [ana] }, false],
  ['somebody who came', [{ type: 'left', id: 'bea' }], ofGuest, false],
  ['somebody who is lost here', [{ type: 'left', id: 'bea', lost: true }], { ...ofGuest, people: [ana] }, true],
  ['somebody who is back from a loss', [{ type: 'left', id: 'bea', lost: true }], ofGuest, false],
  ['a camera', [], { ...ofGuest, people: [ana, { ...bea, camera: false }] }, false],
  ['a lock', [], { ...ofGuest, locked: true }, false],
  ['an end', [], { ...ofGuest, endsAt: '2027-01-01T11:00:00.000Z' }, false],
  ['no end', [], endless, false],
  ['who waits', [knocking], { ...ofGuest, knocks: ['knock'] }, true],
  ['somebody who waits no more', [knocking], ofGuest, false],
])('a page and a pong with %s', (_what, messages, told, expected) => {
  expect(isAgreed(knownAfter(messages), told)).toBe(expected);
});

test('what another version of the service says is not compared where it lacks what is', () => {
  const told = [undefined, 1, { people: [] }, { people: [], knocks: [] }] as never[];
  expect(told.map((other) => viewIn({ type: 'pong', view: other }))).toEqual(told.map(() => undefined));
  expect(viewIn({ type: 'pong', view: ofGuest })).toEqual(ofGuest);
});
