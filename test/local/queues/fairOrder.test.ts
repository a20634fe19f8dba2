import { beforeEach, describe, expect, test } from 'vitest';
import { createFairOrder, type FairOrder } from '../../../infra/local/queues/fairOrder.ts';

let order: FairOrder;
let now: number;

beforeEach(() => {
  order = createFairOrder();
  now = 1_000_000;
});

function send(tenant: string | undefined, ...ids: string[]): void {
  for (const id of ids) {
    order.sent(tenant, now);
    order.add({ id, tenant, visibleAt: now }, now);
  }
}

const many = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

/** Receives so many, which stay in flight. */
function receive(count: number): string[] {
  return Array.from({ length: count }, () => {
    const message = order.take(now);
    if (message) order.begin(message, now);
    return message?.id ?? '-';
  });
}

describe('a fair queue', () => {
  test('gives what came first, where nobody is noisy', () => {
    send('a', 'a1');
    now += 1;
    send('b', 'b1');
    now += 1;
    send(undefined, 'c1');
    now += 1;
    send('a', 'a2');

    expect(receive(5)).toEqual(['a1', 'b1', 'c1', 'a2', '-']);
  });

  test('passes by the backlog of whom thirty messages are in flight of, and more than a tenth of all', () => {
    send('noisy', ...many('n', 100));
    expect(receive(29)).toEqual(many('n', 29));
    send('quiet', 'q1');
    expect(receive(1)).toEqual(['n29']);

    expect(receive(2)).toEqual(['q1', 'n30']);
  });

  test('passes by whose messages took more than a tenth of the time lately', () => {
    send('slow', ...many('s', 10));
    receive(1);
    now += 10_000;
    order.end('s0', now);
    send('quick', 'q1');
    now += 1;
    send(undefined, 'alone');

    expect(receive(4)).toEqual(['q1', 'alone', 's1', 's2']);
  });

  test('gives of several noisy tenants those first of whom fewest are in flight', () => {
    send('a', ...many('a', 100));
    receive(40);
    send('b', ...many('b', 100));
    receive(35);
    now += 1_000;

    expect(receive(7)).toEqual(['b35', 'b36', 'b37', 'b38', 'b39', 'a40', 'b40']);
  });

  test('has a tenant be quiet again whose backlog is done, or who sent nothing for five minutes', () => {
    send('a', 'a1');
    receive(1);
    now += 5_000;
    order.end('a1', now);
    send('a', 'a2');
    send('b', 'b1');
    expect(receive(2)).toEqual(['a2', 'b1']);

    now += 301_000;
    order.add({ id: 'a3', tenant: 'a', visibleAt: now }, now);
    order.add({ id: 'b2', tenant: 'b', visibleAt: now + 1 }, now);
    expect(receive(2)).toEqual(['a3', 'b2']);
  });

  test('counts what became visible again as in flight no more', () => {
    send('a', ...many('a', 60));
    const taken = receive(30);
    for (const id of taken) order.add({ id, tenant: 'a', visibleAt: now + 30_000 }, now);

    expect(order.hasAny()).toBe(true);
    expect(receive(61).filter((id) => id !== '-')).toHaveLength(60);
    expect(order.hasAny()).toBe(false);
  });
});
