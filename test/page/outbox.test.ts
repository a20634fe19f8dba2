import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Kept, Outbox } from '../../functions/pages/room/signalling/outbox.ts';
import type { ClientMessage } from '../../functions/rooms/signalling/protocol.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const line: Kept = { action: 'chat', id: 'line-1', text: 'Hi' };
const echo = { type: 'chat', from: 'me', text: 'Hi', at: '2027-03-01T10:00:00.000Z', id: 'line-1' } as const;

function newOutbox() {
  const sent: ClientMessage[] = [];
  const refused: string[] = [];
  const outbox = new Outbox(
    (message) => sent.push(message) > 0,
    (id) => refused.push(id),
  );
  return { outbox, sent, refused };
}

describe('what was sent', () => {
  test('is sent again with its id until it is echoed', () => {
    const { outbox, sent } = newOutbox();
    outbox.add(line);
    vi.advanceTimersByTime(8_000);
    outbox.sendAgain();
    expect(sent).toEqual([line, line, line]);
    outbox.receive(echo, 'me');
    vi.advanceTimersByTime(60_000);
    outbox.sendAgain();

    expect(sent).toHaveLength(3);
  });

  test('is not taken for sent by the like of another', () => {
    const { outbox, sent } = newOutbox();
    outbox.add(line);
    outbox.receive({ ...echo, from: 'another' }, 'me');
    outbox.receive({ ...echo, id: 'line-2' }, 'me');
    outbox.sendAgain();

    expect(sent).toEqual([line, line]);
  });

  test('is given back where it is refused for good, and tried again where it came too soon', () => {
    const { outbox, sent, refused } = newOutbox();
    outbox.add(line);
    outbox.receive({ type: 'error', code: 'limited', message: '', id: 'line-1' }, 'me');
    expect(refused).toEqual([]);
    outbox.sendAgain();
    outbox.receive({ type: 'error', code: 'invalid-message', message: '', id: 'line-1' }, 'me');
    outbox.sendAgain();

    expect(refused).toEqual(['line-1']);
    expect(sent).toEqual([line, line]);
  });

  const answered: [Kept, Parameters<Outbox['receive']>[0]][] = [
    [
      { action: 'lock', locked: true },
      { type: 'locked', locked: true },
    ],
    [
      { action: 'admit', id: 'k' },
      { type: 'knockGone', id: 'k' },
    ],
    [
      { action: 'refuse', id: 'k' },
      { type: 'knockGone', id: 'k' },
    ],
    [
      { action: 'remove', id: 'p' },
      { type: 'left', id: 'p' },
    ],
    [
      { action: 'remove', id: 'p' },
      { type: 'error', code: 'no-such-person', message: '', id: 'p' },
    ],
    [{ action: 'end' }, { type: 'ended', reason: 'host' }],
  ];

  test.each(answered)('%o is done once the service says %o', (message, answer) => {
    const { outbox, sent } = newOutbox();
    outbox.add(message);
    outbox.sendAgain();
    outbox.receive(answer, 'me');
    outbox.sendAgain();

    expect(sent).toEqual([message, message]);
  });

  test('is a lock as a state: the last one alone is sent again', () => {
    const { outbox, sent } = newOutbox();
    outbox.add({ action: 'lock', locked: true });
    outbox.add({ action: 'lock', locked: false });
    outbox.receive({ type: 'locked', locked: true }, 'me');
    outbox.sendAgain();

    expect(sent.at(-1)).toEqual({ action: 'lock', locked: false });
    expect(sent).toHaveLength(3);
  });
});
