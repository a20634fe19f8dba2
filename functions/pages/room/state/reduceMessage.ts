import type { Person, ServerMessage } from '../../../rooms/signalling/protocol.ts';
import { withChat } from './chatLines.ts';
import type { ClosedReason, Conference, Guest, Knock, RoomPageState } from './state.ts';

/** The state after a message of the service. Refusals and endings that need a look at the room itself are not here. */
export function reduceMessage(state: RoomPageState, message: ServerMessage): RoomPageState {
  const { screen } = state;
  if (message.type === 'waiting')
    return 'room' in screen
      ? { ...state, screen: { at: 'waiting', room: screen.room, host: message.host === true } }
      : state;
  if (message.type === 'hosts')
    return screen.at === 'waiting' ? { ...state, screen: { ...screen, host: message.here } } : state;
  if (message.type === 'joined') return enteredState(state, message);
  if (message.type === 'removed') return leftState(state, 'removed');
  if (message.type === 'ended' && message.reason === 'over') return leftState(state, 'ended-over');
  if (message.type === 'ended' && message.reason === 'host') return leftState(state, 'ended-host');
  if (message.type === 'ended' && message.reason === 'link') return leftState(state, 'ended-link');
  if (screen.at !== 'room') return state;
  return { ...state, screen: { ...screen, conference: inConference(screen.conference, message) } };
}

function enteredState(
  state: RoomPageState,
  { you, people, locked, endsAt }: Extract<ServerMessage, { type: 'joined' }>,
): RoomPageState {
  const { screen } = state;
  if (screen.at !== 'lobby' && screen.at !== 'waiting' && screen.at !== 'room') return state;
  const before = screen.at === 'room' ? screen.conference : undefined;
  const conference: Conference = {
    you,
    people: people.map((person) => guestOf(person, before)),
    knocks: [],
    chat: before?.chat ?? [],
    unread: before?.unread ?? 0,
    panel: before?.panel ?? 'none',
    question: undefined,
    locked,
    endsAt,
    online: true,
    speaking: [],
  };
  return { ...state, screen: { at: 'room', room: screen.room, conference } };
}

/** Who comes back keeps the line that they have: it may have stood all the while. */
function guestOf(person: Person, before: Conference | undefined): Guest {
  const known = before?.people.find(({ id }) => id === person.id);
  return {
    ...person,
    line: known?.line ?? 'connecting',
    unconnectedSince: known?.unconnectedSince,
    lost: false,
  };
}

function leftState(state: RoomPageState, why: ClosedReason): RoomPageState {
  const name = 'room' in state.screen ? state.screen.room.name : undefined;
  return { ...state, screen: { at: 'closed', why, name } };
}

function inConference(conference: Conference, message: ServerMessage): Conference {
  switch (message.type) {
    case 'arrived':
      return { ...conference, people: withPerson(conference, message.person) };
    case 'left':
      return { ...conference, people: withoutOrLost(conference.people, message.id, message.lost === true) };
    case 'changed':
      return withOwnChange(conference, message.person);
    case 'chat':
      return withChat(conference, message);
    case 'knocking':
      return {
        ...conference,
        knocks: [...conference.knocks.filter(({ id }) => id !== message.id), knockOf(message)],
      };
    case 'knockGone':
      return { ...conference, knocks: conference.knocks.filter(({ id }) => id !== message.id) };
    case 'locked':
      return { ...conference, locked: message.locked };
    case 'ending':
      return { ...conference, endsAt: message.at };
    default:
      return conference;
  }
}

function knockOf({ id, name, removed = false }: Extract<ServerMessage, { type: 'knocking' }>): Knock {
  return { id, name, removed };
}

function withPerson(conference: Conference, person: Person): Guest[] {
  const { people } = conference;
  const guest = guestOf(person, conference);
  const isKnown = people.some(({ id }) => id === person.id);
  return isKnown ? people.map((known) => (known.id === person.id ? guest : known)) : [...people, guest];
}

function withoutOrLost(people: readonly Guest[], id: string, lost: boolean): Guest[] {
  if (!lost) return people.filter((guest) => guest.id !== id);
  return people.map((guest) => (guest.id === id ? { ...guest, lost: true } : guest));
}

function withOwnChange(
  conference: Conference,
  person: Extract<ServerMessage, { type: 'changed' }>['person'],
): Conference {
  const { you, people } = conference;
  if (person.id === you.id) {
    return { ...conference, you: { ...you, name: person.name ?? you.name, host: person.host ?? you.host } };
  }
  return { ...conference, people: people.map((guest) => (guest.id === person.id ? { ...guest, ...person } : guest)) };
}
