import { DomainName, WebSocketApi, WebSocketRoute, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { grantTable, type TableAction } from './grants.ts';
import { grantSecret } from './secrets.ts';
import { createFunction, type Environment, type FunctionDefaults } from './serviceFunction.ts';
import type { Settings } from './settings.ts';

/** A conference says more than a caller of the API does: to connect, two browsers need about a dozen messages. */
const messagesPerRequest = 10;

/** The rooms' WebSocket API, still without routes: functions are told its address before they become its routes. */
export interface Sockets {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  /** What pages open, without a query. */
  readonly url: string;
  readonly domainName: DomainName | undefined;
}

export function createSockets(scope: Construct, settings: Settings): Sockets {
  const api = new WebSocketApi(scope, 'Sockets', { routeSelectionExpression: '$request.body.action' });
  const domainName = createDomainName(scope, settings);
  const stage = new WebSocketStage(scope, 'SocketStage', {
    webSocketApi: api,
    stageName: 'rooms',
    autoDeploy: true,
    throttle: {
      rateLimit: Math.min(settings.throttleRate * messagesPerRequest, 10_000),
      burstLimit: Math.min(settings.throttleBurst * messagesPerRequest, 5_000),
    },
    ...(domainName ? { domainMapping: { domainName } } : {}),
  });
  return { api, stage, url: settings.socketHost ?? stage.url, domainName };
}

/** What a room's seats and the people before its door need. */
const seating: readonly TableAction[] = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'];

interface SocketRoute {
  readonly routeKey: string;
  readonly handler: string;
  readonly actions: readonly TableAction[];
  /** Whether it tells people something. */
  readonly posts: boolean;
  /** Whether it gives seats, and with them credentials for the TURN servers. */
  readonly seats: boolean;
}

const socketRoutes: readonly SocketRoute[] = [
  {
    routeKey: '$connect',
    handler: 'rooms/onConnect',
    actions: ['GetItem', 'PutItem', 'UpdateItem'],
    posts: false,
    seats: false,
  },
  {
    routeKey: 'join',
    handler: 'rooms/onSessionRegistered',
    actions: [...seating, 'ConditionCheckItem'],
    posts: true,
    seats: true,
  },
  { routeKey: '$default', handler: 'rooms/onSignal', actions: seating, posts: true, seats: true },
  {
    routeKey: '$disconnect',
    handler: 'rooms/onSessionDown',
    actions: ['Query', 'UpdateItem', 'DeleteItem'],
    posts: true,
    seats: false,
  },
];

/** What happens on the sockets: one function for each of their routes. */
export function createRooms(
  scope: Construct,
  defaults: FunctionDefaults,
  settings: Settings,
  table: Table,
  sockets: Sockets,
): void {
  for (const { routeKey, handler, actions, posts, seats } of socketRoutes) {
    const door = createFunction(scope, defaults, { handler, environment: posts ? socketEnvironment(sockets) : {} });
    grantTable(table, door, actions);
    if (posts) sockets.stage.grantManagementApiAccess(door);
    if (seats && settings.turnSecret) grantSecret(door, settings.turnSecret);
    new WebSocketRoute(scope, `${door.node.id}Route`, {
      webSocketApi: sockets.api,
      routeKey,
      integration: new WebSocketLambdaIntegration(`${door.node.id}Integration`, door),
    });
  }
}

/** The variables of a function that tells people in rooms something. */
export function socketEnvironment({ stage }: Sockets): Environment {
  return { SOCKET_ENDPOINT: stage.callbackUrl };
}

function createDomainName(scope: Construct, { socketHost, socketCertificateArn }: Settings): DomainName | undefined {
  if (socketHost === undefined || socketCertificateArn === undefined) return undefined;
  return new DomainName(scope, 'SocketDomain', {
    domainName: new URL(socketHost).hostname,
    certificate: Certificate.fromCertificateArn(scope, 'SocketCertificate', socketCertificateArn),
  });
}
