import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { eventText } from '../../functions/events/event.ts';
import { formatSecret, signatureHeaders } from '../../functions/events/signature.ts';

test('the receiver of the documentation believes what is signed, and handles each event once', async () => {
  const secret = formatSecret(Buffer.alloc(32, 7));
  process.env.WEBHOOK_SECRET = secret;
  const { receiver } = await import('./exampleReceiver.ts');
  const handled: unknown[] = [];
  const server = receiver(async (event) => void handled.push(event)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const time = new Date();
  const event = { id: 'm1-000000001', type: 'meeting.changed', time, data: { meetingId: 'm1' } } as const;
  const body = eventText(event);
  const post = async (signedBy: string) => {
    const headers = signatureHeaders({ id: event.id, now: new Date(), body }, [signedBy]);
    return (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body })).status;
  };

  expect([await post(secret), await post(secret)]).toEqual([204, 204]);
  expect(await post(formatSecret(Buffer.alloc(32, 8)))).toBe(400);
  expect(handled).toEqual([
    { id: 'm1-000000001', type: 'meeting.changed', timestamp: time.toISOString(), data: { meetingId: 'm1' } },
  ]);
  server.close();
});
