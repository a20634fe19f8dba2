import { idOfMessage } from '../../rooms/signalling/clientMessage.ts';
import type { SocketClient } from '../../rooms/signalling/socketClient.ts';
import { parseSocketEvent, type SocketEvent } from '../../rooms/signalling/socketEvent.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { withMetrics } from '../../runtime/metrics.ts';
import { Refusal } from '../../runtime/refusal.ts';

interface SocketRoute {
  readonly sockets: SocketClient;
  /** What is logged of an error that is no refusal. */
  readonly failure: string;
  readonly answer: (event: SocketEvent, now: Date) => Promise<void>;
}

/** Makes a Lambda handler of a socket's route: whoever sent what is refused, or what fails, is told so on their socket. */
export function socketRoute({
  sockets,
  failure,
  answer,
}: SocketRoute): (input: unknown) => Promise<{ statusCode: number }> {
  return withMetrics(async (input: unknown) => {
    const event = parseSocketEvent(input);
    try {
      await answer(event, new Date());
      return { statusCode: 200 };
    } catch (error) {
      const { connectionId } = event;
      const isRefusal = error instanceof Refusal;
      if (!isRefusal) log.error(failure, { connectionId, error: errorOf(error) });
      const { code, message } = isRefusal ? error : unforeseen;
      const id = idOfMessage(event.text);
      await sockets.post(connectionId, { type: 'error', code, message, ...(id === undefined ? {} : { id }) });
      return { statusCode: isRefusal ? 200 : 500 };
    }
  });
}

const unforeseen = {
  code: 'internal-error',
  message: 'The service failed to answer. The same may be tried again.',
};
