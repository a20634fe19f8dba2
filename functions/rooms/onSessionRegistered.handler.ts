import { errorOf, log } from '../runtime/log.ts';
import { Refusal } from '../runtime/refusal.ts';
import { table } from '../runtime/table.ts';
import { readMessage } from './clientMessage.ts';
import { connectionStore } from './connectionStore.ts';
import { join, refuse } from './join.ts';
import { noSeat } from './scene.ts';
import { type SocketEvent, socketEventOf } from './socketEvent.ts';
import { post } from './sockets.ts';

/** The sockets' route `join`: the first message of whoever has opened a room's socket. */
export async function handler(input: unknown): Promise<{ statusCode: number }> {
  const event = socketEventOf(input);
  try {
    await answer(event, new Date());
    return { statusCode: 200 };
  } catch (error) {
    const { code, message } = error instanceof Refusal ? error : unforeseen(event, error);
    await post(event.connectionId, { type: 'error', code, message });
    return { statusCode: error instanceof Refusal ? 200 : 500 };
  }
}

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

function unforeseen({ connectionId }: SocketEvent, thrown: unknown): { code: string; message: string } {
  log.error('Error while processing onSessionRegistered', { connectionId, error: errorOf(thrown) });
  return { code: 'internal-error', message: 'The service failed to answer. The same may be tried again.' };
}
