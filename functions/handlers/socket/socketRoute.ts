import { post } from '../../rooms/signalling/socketClient.ts';
import { type SocketEvent, socketEventOf } from '../../rooms/signalling/socketEvent.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { Refusal } from '../../runtime/refusal.ts';

/**
 * A route of the sockets: whoever sent what is refused, or what fails, is told so on his socket.
 *
 * @param failure what is logged of an error that is no refusal
 */
export function answering(
  failure: string,
  answer: (event: SocketEvent, now: Date) => Promise<void>,
): (input: unknown) => Promise<{ statusCode: number }> {
  return async (input) => {
    const event = socketEventOf(input);
    try {
      await answer(event, new Date());
      return { statusCode: 200 };
    } catch (error) {
      const { connectionId } = event;
      const isRefusal = error instanceof Refusal;
      if (!isRefusal) log.error(failure, { connectionId, error: errorOf(error) });
      const { code, message } = isRefusal ? error : unforeseen;
      await post(connectionId, { type: 'error', code, message });
      return { statusCode: isRefusal ? 200 : 500 };
    }
  };
}

const unforeseen = {
  code: 'internal-error',
  message: 'The service failed to answer. The same may be tried again.',
};
