import { describe, expect, test } from 'vitest';
import { broadcast, broadcastUntilCurrent, messageWhenChanged } from '../../../functions/rooms/signalling/broadcast.ts';
import type { ServerMessage } from '../../../functions/rooms/signalling/protocol.ts';
import type { PostOutcome, SocketClient } from '../../../functions/rooms/signalling/socketClient.ts';

const locked = (is: boolean): ServerMessage => ({ type: 'locked', locked: is });

/** Tells of a lock that reads as these states, one after the other; the last one stays. */
async function tell(states: readonly boolean[], told?: boolean): Promise<ServerMessage[]> {
  const sent: ServerMessage[] = [];
  let reads = 0;
  await broadcastUntilCurrent<{ readonly locked: boolean }>({
    read: async () => {
      reads += 1;
      return { locked: states[reads - 1] ?? states.at(-1) ?? false };
    },
    messagesOf: messageWhenChanged((state) => locked(state.locked)),
    send: async (message) => {
      sent.push(message);
    },
    told: told === undefined ? undefined : { locked: told },
  });
  return sent;
}

describe('a broadcast until it is current', () => {
  test('says once what stays as it is', async () => {
    expect(await tell([true])).toEqual([locked(true)]);
  });

  test('says nothing that was told already', async () => {
    expect(await tell([true], true)).toEqual([]);
  });

  test('says again what has changed while it was said', async () => {
    expect(await tell([true, false])).toEqual([locked(true), locked(false)]);
  });

  test('gives up on a state that does not stay', async () => {
    const restless = [true, false, true, false, true, false, true, false];

    expect(await tell(restless)).toEqual([true, false, true, false, true, false].map(locked));
  });
});

test('a broadcast reaches everyone, and names those whose connection has ended', async () => {
  const outcomes: Record<string, PostOutcome> = { ana: 'posted', ben: 'gone', eve: 'failed', zoe: 'gone' };
  const reached: string[] = [];
  const sockets: SocketClient = {
    post: async (connectionId) => {
      reached.push(connectionId);
      return outcomes[connectionId] ?? 'failed';
    },
    close: async () => {},
  };
  const recipients = Object.keys(outcomes).map((connectionId) => ({ connectionId }));

  expect(await broadcast(sockets, recipients, locked(true))).toEqual([
    { connectionId: 'ben' },
    { connectionId: 'zoe' },
  ]);
  expect(reached).toEqual(['ana', 'ben', 'eve', 'zoe']);
});
