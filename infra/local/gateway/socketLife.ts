import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { SocketConnection } from './connections.ts';
import { createFrameWatch } from './frameLimit.ts';

export const messageLimitBytes = 128 * 1024;
const frameLimitBytes = 32 * 1024;

/**
 * How long a connection lives at most, and without a message.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export interface SocketLimits {
  readonly lifeMs: number;
  readonly idleMs: number;
}

export const socketLimits: SocketLimits = { lifeMs: 2 * 60 * 60_000, idleMs: 10 * 60_000 };

/**
 * Ends a socket where the gateway would: at the end of its life, when it is idle, at a frame that is too large, at a binary message.
 *
 * @returns what can be done with it until then
 */
export function keepSocket(
  socket: WebSocket,
  stream: Socket,
  { lifeMs, idleMs }: SocketLimits,
): Pick<SocketConnection, 'lastActiveAt' | 'send' | 'close'> {
  let lastActiveAt = Date.now();
  const life = setTimeout(() => socket.close(1001, 'Going away'), lifeMs);
  const idle = setTimeout(() => socket.close(1001, 'Going away'), idleMs);
  const touch = () => {
    lastActiveAt = Date.now();
    idle.refresh();
  };
  const isFrameTooLarge = createFrameWatch(frameLimitBytes);
  stream.prependListener('data', (chunk: Buffer) => {
    if (isFrameTooLarge(chunk)) socket.close(1009, 'Message too long');
  });
  socket.on('error', () => {}); // its close follows
  socket.on('message', (_, isBinary) => {
    touch();
    if (isBinary) socket.close(1003, 'Unsupported data');
  });
  socket.on('close', () => {
    clearTimeout(life);
    clearTimeout(idle);
  });
  return {
    lastActiveAt: () => lastActiveAt,
    send: (text) =>
      new Promise((resolve) => {
        touch();
        socket.send(text, () => resolve()); // one that breaks meanwhile is found out by its end, as on AWS
      }),
    close: () => socket.close(1000, 'Connection Closed Normally'),
  };
}
