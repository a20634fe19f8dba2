import { describe, expect, test } from 'vitest';
import { type PageEvent, reduce } from '../../functions/pages/room/state/reduce.ts';
import {
  type Conference,
  initialState,
  isSlow,
  type LineState,
  type RoomPageState,
} from '../../functions/pages/room/state/state.ts';
import type { Person, RoomFacts, ServerMessage } from '../../functions/rooms/signalling/protocol.ts';

const room: RoomFacts = {
  kind: 'meeting',
  room: 'r',
  name: 'Planning',
  capacity: 8,
  lobby: false,
  socketUrl: 'wss://example.org',
  iceServers: [],
};

const person = (id: string, changes: Partial<Person> = {}): Person => ({
  id,
  name: id.toUpperCase(),
  host: false,
  camera: true,
  microphone: true,
  screen: false,
  ...changes,
});

const joined = (people: Person[], changes: Partial<Extract<ServerMessage, { type: 'joined' }>> = {}): PageEvent =>
  message({
    type: 'joined',
    seat: { id: 'me', token: 't' },
    you: { id: 'me', name: 'Me', host: false },
    people,
    iceServers: [],
    locked: false,
    ...changes,
  });

function message(said: ServerMessage): PageEvent {
  return { type: 'message', message: said };
}

const lobby: PageEvent = { type: 'opened', screen: { at: 'lobby', room, joining: false, refusal: undefined } };

function stateAfter(...events: PageEvent[]): RoomPageState {
  return events.reduce(reduce, initialState('', 0));
}

function conferenceAfter(...events: PageEvent[]): Conference {
  const { screen } = stateAfter(lobby, ...events);
  if (screen.at !== 'room') throw new Error(`at ${screen.at}`);
  return screen.conference;
}

describe('a password', () => {
  const typed: PageEvent = { type: 'passwordTyped', password: '730164' };

  test('is asked for from the moment on that the service asks for it', () => {
    const { screen, password } = stateAfter(lobby, typed, { type: 'refused', refusal: 'password-needed' });

    expect(screen).toMatchObject({ at: 'lobby', refusal: 'password-needed', room: { isPasswordProtected: true } });
    expect(password).toBe('730164');
  });

  test('is typed anew where it was wrong, and not where it was not looked at', () => {
    expect(stateAfter(lobby, typed, { type: 'refused', refusal: 'password' }).password).toBe('');
    expect(stateAfter(lobby, typed, { type: 'refused', refusal: 'password-limit' }).password).toBe('730164');
  });

  test('brings whoever lost their seat back to the lobby where it is another by now', () => {
    const { screen } = stateAfter(lobby, typed, joined([]), { type: 'refused', refusal: 'password' });

    expect(screen).toMatchObject({ at: 'lobby', refusal: 'password', room: { isPasswordProtected: true } });
  });

  test('is kept while one is inside, and no other refusal asks for one', () => {
    expect(stateAfter(lobby, typed, joined([])).password).toBe('730164');
    expect(stateAfter(lobby, { type: 'refused', refusal: 'full' }).screen).not.toHaveProperty(
      'room.isPasswordProtected',
    );
  });
});

describe('the way in', () => {
  test('leads from the lobby through the wait into the room', () => {
    expect(stateAfter(lobby, { type: 'joining' }).screen).toMatchObject({ at: 'lobby', joining: true });
    expect(stateAfter(lobby, { type: 'joining' }, message({ type: 'waiting', host: false })).screen.at).toBe('waiting');
    expect(stateAfter(lobby, message({ type: 'waiting', host: false }), joined([])).screen.at).toBe('room');
    const waiting = stateAfter(lobby, message({ type: 'waiting', host: false }));
    expect(waiting.screen).toMatchObject({ at: 'waiting', host: false });
    const hostCame = message({ type: 'hosts', here: true });
    expect(reduce(waiting, hostCame).screen).toMatchObject({ at: 'waiting', host: true });
    expect(stateAfter(lobby, joined([]), hostCame).screen.at).toBe('room');
  });

  test('leads back to the lobby with the reason, from wherever one was', () => {
    for (const way of [[], [message({ type: 'waiting', host: false })], [joined([])]]) {
      const { screen } = stateAfter(lobby, { type: 'joining' }, ...way, { type: 'refused', refusal: 'full' });
      expect(screen).toMatchObject({ at: 'lobby', joining: false, refusal: 'full', room });
    }
  });

  test('does not open to messages that come when one is out', () => {
    const closed = stateAfter(lobby, { type: 'closed', why: 'left' });
    expect(reduce(closed, joined([person('a')]))).toBe(closed);
    expect(reduce(closed, message({ type: 'waiting', host: false }))).toBe(closed);
    expect(reduce(closed, message({ type: 'arrived', person: person('a') }))).toBe(closed);
  });
});

describe('people', () => {
  test('arrive, change and leave', () => {
    const here = conferenceAfter(joined([person('a')]), message({ type: 'arrived', person: person('b') }));
    expect(here.people.map(({ id, line }) => [id, line])).toEqual([
      ['a', 'connecting'],
      ['b', 'connecting'],
    ]);
    const changed = conferenceAfter(
      joined([person('a'), person('b')]),
      message({ type: 'changed', person: { id: 'b', camera: false } }),
      message({ type: 'left', id: 'a' }),
    );
    expect(changed.people).toEqual([{ ...person('b'), camera: false, line: 'connecting', lost: false }]);
  });

  test('who lost their connection keeps their place until they are let go', () => {
    const lost: PageEvent[] = [joined([person('a')]), message({ type: 'left', id: 'a', lost: true })];
    expect(conferenceAfter(...lost).people).toMatchObject([{ id: 'a', lost: true }]);
    expect(conferenceAfter(...lost, { type: 'gone', id: 'a' }).people).toEqual([]);
    const back = [...lost, message({ type: 'arrived', person: person('a') })];
    expect(conferenceAfter(...back, { type: 'gone', id: 'a' }).people).toMatchObject([{ id: 'a', lost: false }]);
  });

  test('who comes back is where they were, with the line that they have', () => {
    const { people } = conferenceAfter(
      joined([person('a'), person('b')]),
      { type: 'line', id: 'a', line: 'connected' },
      message({ type: 'arrived', person: person('a', { name: 'New' }) }),
    );
    expect(people).toMatchObject([{ id: 'a', name: 'New', line: 'connected' }, { id: 'b' }]);
  });

  test('a join that comes again keeps what was said, and drops who is no longer here', () => {
    const { people, chat, panel, online } = conferenceAfter(
      joined([person('a'), person('b')]),
      { type: 'line', id: 'b', line: 'connected' },
      message({ type: 'chat', from: 'a', text: 'Hello', at: '2027-01-01T10:00:00Z' }),
      { type: 'panel', panel: 'chat' },
      { type: 'online', online: false },
      joined([person('b')]),
    );
    expect(people).toMatchObject([{ id: 'b', line: 'connected' }]);
    expect(chat).toMatchObject([{ text: 'Hello', name: 'A' }]);
    expect({ panel, online }).toEqual({ panel: 'chat', online: true });
  });

  test('one’s own name and rank change with what the service says', () => {
    const { you } = conferenceAfter(
      joined([]),
      message({ type: 'changed', person: { id: 'me', name: 'I', host: true } }),
    );
    expect(you).toEqual({ id: 'me', name: 'I', host: true });
  });
});

describe('what is written', () => {
  const line = (from: string, text: string) => message({ type: 'chat', from, text, at: '2027-01-01T10:00:00Z' });
  const lineAt = (from: string, id: string, at: string) => message({ type: 'chat', from, text: id, at, id });

  test('shows lines once, by the service’s clock, and what is on its way last', () => {
    const { chat, unread } = conferenceAfter(
      joined([person('a')]),
      { type: 'said', id: 'mine', text: 'mine' },
      lineAt('a', 'later', '2027-01-01T10:00:02Z'),
      lineAt('a', 'earlier', '2027-01-01T10:00:01Z'),
      lineAt('a', 'later', '2027-01-01T10:00:03Z'),
    );
    expect(chat.map(({ text, fate }) => [text, fate])).toEqual([
      ['earlier', undefined],
      ['later', undefined],
      ['mine', 'sending'],
    ]);
    expect(unread).toBe(2);
  });

  test('keeps what was written until it is echoed, or says that it was not sent', () => {
    const said: PageEvent = { type: 'said', id: 'mine', text: 'mine' };
    const echoed = conferenceAfter(joined([]), said, lineAt('me', 'mine', '2027-01-01T10:00:00Z'));
    expect(echoed.chat).toMatchObject([{ text: 'mine', at: '2027-01-01T10:00:00Z' }]);
    expect(echoed.chat[0]?.fate).toBeUndefined();
    const stranger = conferenceAfter(joined([person('a')]), said, lineAt('a', 'mine', '2027-01-01T10:00:00Z'));
    expect(stranger.chat.map(({ from, fate }) => [from, fate])).toEqual([
      ['a', undefined],
      ['me', 'sending'],
    ]);
    const refused = conferenceAfter(joined([]), said, { type: 'unsent', id: 'mine' });
    expect(refused.chat).toMatchObject([{ text: 'mine', fate: 'unsent' }]);
  });

  test('counts as unread, but not one’s own, and not while it is looked at', () => {
    expect(conferenceAfter(joined([person('a')]), line('a', 'x'), line('me', 'y')).unread).toBe(1);
    expect(conferenceAfter(joined([person('a')]), { type: 'panel', panel: 'chat' }, line('a', 'x')).unread).toBe(0);
    expect(conferenceAfter(joined([person('a')]), line('a', 'x'), { type: 'panel', panel: 'chat' }).unread).toBe(0);
    expect(conferenceAfter(joined([person('a')]), line('a', 'x'), { type: 'panel', panel: 'people' }).unread).toBe(1);
  });

  test('keeps the name that its writer had, when they are gone too', () => {
    const { chat } = conferenceAfter(joined([person('a')]), line('a', 'x'), message({ type: 'left', id: 'a' }));
    expect(chat).toMatchObject([{ name: 'A', text: 'x' }]);
  });

  test('is kept to the last 500 lines, each with a number of its own', () => {
    const lines = Array.from({ length: 510 }, (_, index) => line('a', String(index)));
    const { chat } = conferenceAfter(joined([person('a')]), ...lines);
    expect(chat).toHaveLength(500);
    expect(chat[0]?.text).toBe('10');
    expect(new Set(chat.map(({ number }) => number)).size).toBe(500);
  });
});

describe('a room', () => {
  test('knows who waits', () => {
    const knock = (id: string) => message({ type: 'knocking', id, name: id, ...(id === 'z' ? { removed: true } : {}) });
    const { knocks } = conferenceAfter(
      joined([]),
      knock('x'),
      knock('y'),
      knock('z'),
      knock('x'),
      message({ type: 'knockGone', id: 'y' }),
    );
    expect(knocks).toEqual([
      { id: 'z', name: 'z', removed: true },
      { id: 'x', name: 'x', removed: false },
    ]);
  });

  test('is locked, and near its end, when the service says so', () => {
    const { locked, endsAt } = conferenceAfter(
      joined([], { endsAt: '2027-01-01T11:00:00Z' }),
      message({ type: 'locked', locked: true }),
      message({ type: 'ending', at: '2027-01-01T10:30:00Z' }),
    );
    expect({ locked, endsAt }).toEqual({ locked: true, endsAt: '2027-01-01T10:30:00Z' });
  });

  test.each([
    [message({ type: 'removed' }), 'removed'],
    [message({ type: 'ended', reason: 'over' }), 'ended-over'],
    [message({ type: 'ended', reason: 'host' }), 'ended-host'],
    [message({ type: 'ended', reason: 'link' }), 'ended-link'],
  ])('ends with %j', (event, why) => {
    expect(stateAfter(lobby, joined([]), event).screen).toEqual({ at: 'closed', why, name: 'Planning' });
  });

  test('stands until its door has been asked where it was moved or cancelled', () => {
    for (const reason of ['moved', 'cancelled'] as const) {
      expect(stateAfter(lobby, joined([]), message({ type: 'ended', reason })).screen.at).toBe('room');
    }
  });
});

describe('somebody to whom there is no connection', () => {
  const line = (now: number, ...lines: LineState[]) =>
    lines.reduce((state, one) => reduce(state, { type: 'line', id: 'ana', line: one }), {
      ...stateAfter(lobby, joined([person('ana')])),
      now,
    });
  const since = ({ screen }: RoomPageState) =>
    screen.at === 'room' ? screen.conference.people.map(({ unconnectedSince }) => unconnectedSince) : [];

  test('is so since the first word of it, until there is one', () => {
    const first = line(1_000, 'connecting');
    const again = reduce({ ...first, now: 9_000 }, { type: 'line', id: 'ana', line: 'broken' });
    const rejoined = reduce(again, joined([person('ana')]));
    expect([since(first), since(again), since(rejoined)]).toEqual([[1_000], [1_000], [1_000]]);
    expect(since(reduce(again, { type: 'line', id: 'ana', line: 'connected' }))).toEqual([undefined]);
  });

  test.each([
    [19_999, false],
    [20_000, true],
  ])('for %i milliseconds is told why: %s', (passed, expected) => {
    expect(isSlow({ unconnectedSince: 1_000 }, 1_000 + passed)).toBe(expected);
  });
});
