import { join, refuse } from '../../rooms/seats/join.ts';
import { noSeat } from '../../rooms/seats/seatContext.ts';
import { readMessage } from '../../rooms/signalling/clientMessage.ts';
import { connectionStore } from '../../rooms/signalling/connectionStore.ts';
import type { SocketEvent } from '../../rooms/signalling/socketEvent.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { table } from '../../runtime/table.ts';
import { answering } from './socketRoute.ts';

/** The sockets' route `join`: the first message of whoever has opened a room's socket. */
export const handler = answering('Error while processing onSessionRegistered', answer);

async function answer({ connectionId, text }: SocketEvent, now: Date): Promise<void> {
  const connection = await connectionStore(table()).find(connectionId);
  // Ended while its message was on its way, or never let in.
  if (!connection) throw noSeat();
  const received = readMessage(text);
  if ('fault' in received) {
    if (received.code === 'invalid-name') return refuse(connection, 'name');
    throw new Refusal('invalid', received.code, received.fault);
  }
  if (received.message.action !== 'join') throw new Error('The gateway routes only joins here');
  const joining = join(connection, received.message, now);
  await joining.catch((error: unknown) => {
    if (error instanceof Refusal && error.kind === 'limited') return refuse(connection, 'rate');
    throw error;
  });
}
