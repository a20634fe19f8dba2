import { isDeepStrictEqual } from 'node:util';
import { inParallel } from '../../runtime/inParallel.ts';
import type { ServerMessage } from './protocol.ts';
import type { SocketClient } from './socketClient.ts';

/** A room holds no more than sixteen people, a host and one from elsewhere beside them, so that all hear at once. */
const mostAtOnce = 18;

/** Somebody would have to come and go this often within a second. */
const mostCorrections = 5;

/** Sends a message to several sockets at once. @returns those whose connection has ended, or is not there yet */
export async function broadcast<Recipient extends { readonly connectionId: string }>(
  sockets: SocketClient,
  recipients: readonly Recipient[],
  message: ServerMessage,
): Promise<Recipient[]> {
  const outcomes = await inParallel(recipients, mostAtOnce, async (recipient) => ({
    recipient,
    outcome: await sockets.post(recipient.connectionId, message),
  }));
  return outcomes.filter(({ outcome }) => outcome === 'gone').map(({ recipient }) => recipient);
}

/** What to say of a state as it is, to whoever knows it as it was `told`, or not at all. */
export type MessagesOf<State> = (current: State, told: State | undefined) => readonly ServerMessage[];

interface Broadcast<State> {
  readonly read: () => Promise<State>;
  readonly messagesOf: MessagesOf<State>;
  readonly send: (message: ServerMessage, current: State) => Promise<void>;
  /** The state as those whom it concerns know it already. */
  readonly told?: State | undefined;
}

/**
 * Tells people what follows from a write. What functions tell at the same time may overtake each other; so
 * the state is read again, and what holds is said again, until it was said last.
 */
export async function broadcastUntilCurrent<State>({ read, messagesOf, send, told }: Broadcast<State>): Promise<void> {
  let known = told;
  for (let correction = 0; correction <= mostCorrections; correction += 1) {
    const current = await read();
    const messages = messagesOf(current, known);
    if (messages.length === 0) return;
    for (const message of messages) await send(message, current);
    known = current;
  }
}

/** One message about a state, said wherever another was said of it before, or none. */
export function messageWhenChanged<State>(messageOf: (state: State) => ServerMessage | undefined): MessagesOf<State> {
  return (current, told) => {
    const message = messageOf(current);
    return message === undefined || (told && isDeepStrictEqual(message, messageOf(told))) ? [] : [message];
  };
}
