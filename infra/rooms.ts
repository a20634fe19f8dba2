import { DomainName, WebSocketApi, WebSocketRoute, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TableAction } from '../functions/runtime/route.ts';
import { logMessages } from './accessLog.ts';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import { grantTable } from './grants/grants.ts';
import { grantSecret } from './grants/secrets.ts';
import { createSchedules, grantSchedules, type ScheduleAction, type Schedules } from './schedules.ts';
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
    ...(settings.socketAccessLog ? { accessLogSettings: logMessages(scope, settings) } : {}),
  });
  acknowledge(stage, unlogged);
  return { api, stage, url: settings.socketHost ?? stage.url, domainName };
}

const withoutRole =
  'Off by default (socketAccessLog): it needs a role that is the account’s, not the stack’s, without which no stage can be made.';
const unlogged = { 'AwsSolutions-APIG1': withoutRole, 'Serverless-APIGWAccessLogging': withoutRole };

const ownDoor = {
  'AwsSolutions-APIG4':
    'Browsers send no header with a socket: $connect checks room, time and origin, and join the key that the link holds.',
};

/** What it takes to seat somebody, and to free the seat of somebody who is gone. */
const seating: readonly TableAction[] = ['GetItem', 'Query', 'PutItem', 'UpdateItem'];

/** A clock is set and moved; where it finds nothing to do, it does nothing. */
const clockActions: readonly ScheduleAction[] = ['CreateSchedule', 'UpdateSchedule'];

interface SocketRoute {
  readonly routeKey: string;
  readonly handler: string;
  readonly actions: readonly TableAction[];
  /** Whether it tells people something. */
  readonly posts: boolean;
  /** Whether it gives seats, and with them credentials for the TURN servers. */
  readonly seats: boolean;
  /** Whether a room may begin with it. */
  readonly joins: boolean;
}

const socketRoutes: readonly SocketRoute[] = [
  {
    routeKey: '$connect',
    handler: 'socket/onConnect',
    actions: ['GetItem', 'PutItem', 'UpdateItem'],
    posts: false,
    seats: false,
    joins: false,
  },
  {
    routeKey: 'join',
    handler: 'socket/onSessionRegistered',
    actions: [...seating, 'ConditionCheckItem'],
    posts: true,
    seats: true,
    joins: true,
  },
  {
    routeKey: '$default',
    handler: 'socket/onSignal',
    actions: [...seating, 'DeleteItem'],
    posts: true,
    seats: true,
    joins: false,
  },
  {
    routeKey: '$disconnect',
    handler: 'socket/onSessionDown',
    actions: ['Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
    posts: true,
    seats: false,
    joins: false,
  },
];

/** What a function needs to tell people in rooms something, and to keep the clocks of rooms. */
export interface RoomGrants {
  readonly sockets: Sockets;
  readonly clock: Schedules;
}

/** The clocks of the rooms of meetings: what looks at a room before its end and at it. */
export function createRoomClock(
  scope: Construct,
  defaults: FunctionDefaults,
  table: Table,
  sockets: Sockets,
): Schedules {
  const onRoomDue = createFunction(scope, defaults, {
    handler: 'schedule/onRoomDue',
    environment: socketEnvironment(sockets),
  });
  grantTable(table, onRoomDue, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);
  grantSockets(sockets, onRoomDue);
  return createSchedules(scope, 'Room', onRoomDue);
}

/** What happens on the sockets: one function for each of their routes. */
export function createRooms(
  scope: Construct,
  defaults: FunctionDefaults,
  settings: Settings,
  table: Table,
  { sockets, clock }: RoomGrants,
): void {
  for (const { routeKey, handler, actions, posts, seats, joins } of socketRoutes) {
    const environment = {
      ...(posts ? socketEnvironment(sockets) : {}),
      ...(joins ? clockEnvironment(clock) : {}),
    };
    const door = createFunction(scope, defaults, { handler, environment });
    grantTable(table, door, actions);
    if (posts) grantSockets(sockets, door);
    if (joins) grantSchedules(door, clock, clockActions);
    if (seats && settings.turnSecret) grantSecret(door, settings.turnSecret);
    const route = new WebSocketRoute(scope, `${door.node.id}Route`, {
      webSocketApi: sockets.api,
      routeKey,
      integration: new WebSocketLambdaIntegration(`${door.node.id}Integration`, door),
    });
    acknowledge(route, ownDoor);
  }
}

/** Lets a function tell people in rooms something, and keep the rooms' clocks. */
export function grantRooms(follower: LambdaFunction, { sockets, clock }: RoomGrants): void {
  grantSockets(sockets, follower);
  grantSchedules(follower, clock, clockActions);
}

/** Connections are made and end while the stack stands, so that their ids cannot be named. */
function grantSockets({ api, stage }: Sockets, teller: LambdaFunction): void {
  stage.grantManagementApiAccess(teller);
  const connections = Stack.of(teller).formatArn({
    service: 'execute-api',
    resource: api.apiId,
    resourceName: `${stage.stageName}/*/@connections/*`,
  });
  acknowledgeWildcard(teller, connections, 'All connections of the one stage; their ids are made as people come.');
}

/** The variables that this takes. */
export function roomEnvironment({ sockets, clock }: RoomGrants): Environment {
  return { ...socketEnvironment(sockets), ...clockEnvironment(clock) };
}

function socketEnvironment({ stage }: Sockets): Environment {
  return { SOCKET_ENDPOINT: stage.callbackUrl };
}

function clockEnvironment({ group, role, called, failures }: Schedules): Environment {
  return {
    ROOM_SCHEDULE_GROUP: group.scheduleGroupName,
    ROOM_SCHEDULE_ROLE_ARN: role.roleArn,
    ROOM_FUNCTION_ARN: called.functionArn,
    ROOM_FAILURE_QUEUE_ARN: failures.queueArn,
  };
}

function createDomainName(scope: Construct, { socketHost, socketCertificateArn }: Settings): DomainName | undefined {
  if (socketHost === undefined || socketCertificateArn === undefined) return undefined;
  return new DomainName(scope, 'SocketDomain', {
    domainName: new URL(socketHost).hostname,
    certificate: Certificate.fromCertificateArn(scope, 'SocketCertificate', socketCertificateArn),
  });
}
