import { describe, expect, test } from 'vitest';
import type { HeldMessage, Move } from '../../../infra/operate/redrive/failureQueueClient.ts';
import { redriveQueue, showQueue } from '../../../infra/operate/redrive/redriveQueue.ts';

/** A queue as SQS would show it, and what was asked of it. */
function queueWith(held: readonly HeldMessage[], moves: readonly (Move | undefined)[] = []) {
  const looks = moves.values();
  const asked: string[] = [];
  const queue = {
    hold: async () => [...held],
    release: async (messages: readonly HeldMessage[]) => void asked.push(`release ${messages.length}`),
    delete: async ({ receipt }: HeldMessage) => void asked.push(`delete ${receipt}`),
    startMove: async () => void asked.push('move'),
    latestMove: async () => looks.next().value,
  };
  const pause = async () => void asked.push('pause');
  return { queue, pause, asked };
}

const unused = {
  readChanges: () => Promise.reject(new Error('No stream is read')),
  functionOf: () => {
    throw new Error('No function is called');
  },
};
const job = { receipt: 'r1', body: {} };
const move = (startedAt: number, status: string, reason?: string): Move => ({ status, startedAt, moved: 7, reason });

describe('a move by SQS', () => {
  test('is waited for, and not taken for the one before', async () => {
    const moves = [move(1, 'COMPLETED'), move(1, 'COMPLETED'), move(2, 'RUNNING'), move(2, 'COMPLETED')];
    const { asked, ...services } = queueWith([job], moves);

    expect(await redriveQueue('SmsDeliveryFailures', { ...services, ...unused })).toEqual([
      'SmsDeliveryFailures: 7 messages moved back to SmsDeliveries',
    ]);
    // What is held would not be moved.
    expect(asked).toEqual(['release 1', 'move', 'pause', 'pause']);
  });

  test('that fails is said with SQS’s own reason', async () => {
    const { asked: _, ...services } = queueWith([job], [undefined, move(2, 'FAILED', 'AWS.AccessDenied')]);

    await expect(redriveQueue('SmsDeliveryFailures', { ...services, ...unused })).rejects.toThrow(
      'SQS ended the move as FAILED: AWS.AccessDenied',
    );
  });
});

describe('a call that cannot be made', () => {
  test('lets all be seen again that was not handed over', async () => {
    const message = (receipt: string) => ({ receipt, body: { requestContext: {}, requestPayload: { roomId: 'r' } } });
    const { asked, ...services } = queueWith(['r1', 'r2', 'r3'].map(message));
    let calls = 0;
    const handOver = async () => {
      calls += 1;
      if (calls === 2) throw new Error('not authorized');
    };
    const functionOf = () => ({ handOver, follow: async () => false });

    await expect(redriveQueue('RoomFailures', { ...services, ...unused, functionOf })).rejects.toThrow(
      'not authorized',
    );
    expect(asked).toEqual(['delete r1', 'release 2']);
  });
});

test('what is more than is looked at in one call is said to be so', async () => {
  const { queue } = queueWith(Array.from({ length: 1_000 }, () => ({ receipt: 'r', body: { roomId: 'r' } })));

  expect(await showQueue('RoomFailures', { queue })).toEqual([
    'RoomFailures: the first 1000 messages',
    '  1000 × look at the room r',
    '  would be handed to OnRoomDue again; to do it: --queue RoomFailures --yes',
  ]);
});
