import {
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { sockets } from '../../runtime/clients.ts';
import { errorOf, log } from '../../runtime/log.ts';
import type { ServerMessage } from './protocol.ts';

/** `gone`: the connection has ended, or is not there yet; `failed`: nobody knows. */
export type Posted = 'posted' | 'gone' | 'failed';

/** Sends a message to a socket. One that fails keeps nobody else from getting his. */
export async function post(connectionId: string, message: ServerMessage): Promise<Posted> {
  try {
    await sockets().send(
      new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(JSON.stringify(message)) }),
    );
    return 'posted';
  } catch (error) {
    if (error instanceof GoneException) return 'gone';
    log.warn('Message not posted to a socket', { connectionId, type: message.type, error: errorOf(error) });
    return 'failed';
  }
}

/** Ends a connection; one that has ended already is fine. */
export async function hangUp(connectionId: string): Promise<void> {
  try {
    await sockets().send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
  } catch (error) {
    if (!(error instanceof GoneException)) {
      log.warn('Socket not closed', { connectionId, error: errorOf(error) });
    }
  }
}
