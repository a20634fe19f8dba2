import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openQueue, type Queue, type QueueDefinition, type QueueMessage } from '../../../infra/local/queues/queue.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const definition: QueueDefinition = {
  name: 'work',
  arn: 'arn:aws:sqs:eu-west-1:000000000000:work',
  url: 'http://127.0.0.1/000000000000/work',
  delaySeconds: 0,
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 345_600,
  maximumMessageBytes: 1_048_576,
  redrive: { deadLetterArn: 'arn:dead', maxReceiveCount: 3 },
};
const sent = { body: 'hello', attributes: {}, senderId: 'Tester' };

let path: string;
let givenUp: [string, QueueMessage][];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  path = join(temporaryDirectory(), 'work.jsonl');
  givenUp = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe('openQueue', () => {
  test('hides a received message until its visibility time-out is over', () => {
    const queue = open();
    queue.send(sent);

    expect(bodies(queue.receive(10))).toEqual(['hello']);
    vi.advanceTimersByTime(29_999);
    expect(queue.receive(10)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(queue.receive(10)).toMatchObject([{ body: 'hello', receiveCount: 2 }]);
  });

  test('gives the message of a quiet tenant before the backlog of a noisy one', () => {
    const queue = open();
    for (let count = 0; count < 50; count += 1) queue.send({ ...sent, body: `n${count}`, group: 'noisy' });
    expect(queue.receive(30)).toHaveLength(30);
    queue.send({ ...sent, body: 'q', group: 'quiet' });

    expect(bodies(queue.receive(3))).toEqual(['q', 'n30', 'n31']);
  });

  test('gives at most what is asked for', () => {
    const queue = open();
    for (const body of ['a', 'b', 'c']) queue.send({ ...sent, body });

    expect(queue.receive(2)).toHaveLength(2);
    expect(queue.receive(2)).toHaveLength(1);
  });

  test('keeps a delayed message back', () => {
    const queue = open();
    queue.send(sent, 5);

    vi.advanceTimersByTime(4_999);
    expect(queue.receive(10)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(queue.receive(10)).toHaveLength(1);
  });

  test('ends the delay of what nobody has received, where that is asked for', () => {
    const queue = open();
    queue.send(sent);
    queue.receive(1);
    queue.send({ ...sent, body: 'later' }, 900);

    expect(queue.hasten()).toBe(1);
    expect(bodies(queue.receive(10))).toEqual(['later']);
    expect(queue.hasten()).toBe(0);
  });

  test('deletes by the latest receipt alone', () => {
    const queue = open();
    queue.send(sent);
    const [first] = queue.receive(1);
    vi.advanceTimersByTime(30_000);
    const [second] = queue.receive(1);

    queue.delete(first?.receipt ?? '');
    expect(queue.messages()).toHaveLength(1);
    queue.delete(second?.receipt ?? '');
    expect(queue.messages()).toHaveLength(0);
  });

  test('gives a message up that was received as often as it may be', () => {
    const queue = open();
    queue.send(sent);
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(queue.receive(1)).toHaveLength(1);
      vi.advanceTimersByTime(30_000);
    }

    expect(queue.receive(1)).toEqual([]);
    expect(givenUp).toMatchObject([['arn:dead', { body: 'hello', receiveCount: 3 }]]);
    expect(queue.messages()).toEqual([]);
  });

  test('takes a message that another queue gave up, with the time at which it was sent', () => {
    const queue = open();
    const sentAt = Date.now() - 60_000;
    queue.accept({ id: 'id', ...sent, sentAt, visibleAt: sentAt, receiveCount: 3, receipt: 'id:old' });

    expect(queue.receive(1)).toMatchObject([{ id: 'id', sentAt, receiveCount: 1 }]);
  });

  test('shows a message at once whose visibility is set to nothing', () => {
    const queue = open();
    queue.send(sent);
    const [received] = queue.receive(1);

    expect(queue.changeVisibility(received?.receipt ?? '', 0)).toBe(true);

    expect(queue.receive(1)).toHaveLength(1);
    expect(queue.changeVisibility(received?.receipt ?? '', 0)).toBe(false);
  });

  test('forgets what is older than its retention', () => {
    const queue = open();
    queue.send(sent);

    vi.advanceTimersByTime(345_600_000);

    expect(queue.receive(1)).toEqual([]);
    expect(queue.messages()).toEqual([]);
  });

  test('has everything again after its process was killed, what was in flight after its time-out', () => {
    const queue = open();
    queue.send({ ...sent, body: 'waiting' }, 1);
    queue.send({ ...sent, body: 'in flight' });
    queue.receive(1);

    const reopened = open();

    expect(reopened.receive(10)).toEqual([]);
    vi.advanceTimersByTime(30_000);
    expect(bodies(reopened.receive(10)).sort()).toEqual(['in flight', 'waiting']);
  });

  test('wakes who waits when a message comes, and when one becomes visible', async () => {
    const queue = open();
    const coming = queue.waitForMessage(20_000);
    queue.send(sent, 3);
    await coming;

    const visible = queue.waitForMessage(20_000).then(() => Date.now());
    await vi.advanceTimersByTimeAsync(20_000);

    expect(await visible).toBe(new Date('2026-01-01T00:00:03Z').getTime());
  });
});

function open(): Queue {
  return openQueue(definition, path, (arn, given) => givenUp.push([arn, given]));
}

function bodies(messages: readonly QueueMessage[]): string[] {
  return messages.map(({ body }) => body);
}
