import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { errorOf, log } from '../../runtime/log.ts';
import type { ServerMessage } from './protocol.ts';

/** `gone`: the connection has ended, or is not there yet; `failed`: nobody knows. */
export type PostOutcome = 'posted' | 'gone' | 'failed';

/** Reaches the rooms' sockets through the gateway. @param client is asked for when it is needed */
export function socketClient(client: () => ApiGatewayManagementApiClient) {
  return {
    /** Sends a message to a socket. One that fails keeps nobody else from getting theirs. */
    async post(connectionId: string, message: ServerMessage): Promise<PostOutcome> {
      const Data = Buffer.from(JSON.stringify(message));
      try {
        await client().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
        return 'posted';
      } catch (error) {
        if (error instanceof GoneException) return 'gone';
        log.warn('Message not posted to a socket', { connectionId, type: message.type, error: errorOf(error) });
        return 'failed';
      }
    },

    /** Ends a connection; one that has ended already is fine. */
    async close(connectionId: string): Promise<void> {
      try {
        await client().send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
      } catch (error) {
        if (error instanceof GoneException) return;
        log.warn('Socket not closed', { connectionId, error: errorOf(error) });
      }
    },
  };
}

export type SocketClient = ReturnType<typeof socketClient>;
