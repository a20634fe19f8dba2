import * as z from 'zod';
import { arnOf } from '../assembly/place.ts';
import type { Connections, SocketConnection } from '../gateway/connections.ts';
import { AwsRefusal, type AwsService, type Permission, type Protocol } from './awsCall.ts';
import { defineOperation, defineService } from './operations.ts';
import { restProtocol } from './restProtocol.ts';

const payloadLimitBytes = 128 * 1024;

const path = /^(?:\/[\w$-]+)?\/@connections\/(?<ConnectionId>[^/]+)$/;
const rest = restProtocol(
  [
    { method: 'POST', path, action: 'PostToConnection' },
    { method: 'GET', path, action: 'GetConnection' },
    { method: 'DELETE', path, action: 'DeleteConnection' },
  ],
  { body: 'data' },
);

/** Only GetConnection says anything. */
const protocol: Protocol = {
  ...rest,
  write: (call, output) => ({
    ...rest.write(call, output),
    ...(call.action === 'DeleteConnection' && { status: 204 }),
    ...(call.action !== 'GetConnection' && { body: '' }),
  }),
};

const onConnection = z.object({ ConnectionId: z.string() });

/** The API Gateway Management API of one WebSocket API: what functions say to connections. */
export function connectionsService(connections: Connections, apiId: string, stageName: string): AwsService {
  const find = (id: string): SocketConnection => {
    const connection = connections.get(id);
    if (connection !== undefined) return connection;
    throw new AwsRefusal('GoneException', 'The connection with the provided id is no longer available.', 410);
  };
  const permit =
    (method: string) =>
    ({ ConnectionId }: { ConnectionId: string }): Permission[] => [
      {
        action: 'execute-api:ManageConnections',
        resource: arnOf('execute-api', `${apiId}/${stageName}/${method}/@connections/${ConnectionId}`),
      },
    ];
  return defineService(protocol, {
    PostToConnection: defineOperation({
      input: onConnection.extend({ Data: z.instanceof(Buffer) }),
      permissions: permit('POST'),
      run: async ({ ConnectionId, Data }) => {
        if (Data.length > payloadLimitBytes) {
          throw new AwsRefusal('PayloadTooLargeException', 'The data has exceeded the maximum size allowed.', 413);
        }
        await find(ConnectionId).send(Data.toString('utf8'));
        return {};
      },
    }),
    GetConnection: defineOperation({
      input: onConnection,
      permissions: permit('GET'),
      run: ({ ConnectionId }) => {
        const { connectedAt, lastActiveAt, identity } = find(ConnectionId);
        const iso = (at: number) => new Date(at).toISOString();
        return { connectedAt: iso(connectedAt), lastActiveAt: iso(lastActiveAt()), identity };
      },
    }),
    DeleteConnection: defineOperation({
      input: onConnection,
      permissions: permit('DELETE'),
      run: ({ ConnectionId }) => {
        find(ConnectionId).close();
        return {};
      },
    }),
  });
}
