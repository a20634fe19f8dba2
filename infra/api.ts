import {
  CorsHttpMethod,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Conference } from '../functions/rooms/conference/conference.ts';
import { type RouteHandler, routes } from '../functions/routes.ts';
import { methodsOf, type Route, type TableAction } from '../functions/runtime/route.ts';
import { logRequests } from './accessLog.ts';
import { acknowledge } from './acknowledge.ts';
import type { Callers } from './callers/callers.ts';
import { admission, grantTable } from './grants/grants.ts';
import { createFunction, type FunctionDefaults, nameOf } from './serviceFunction.ts';
import type { Settings } from './settings.ts';

/** What each door does with the table, beside knowing its caller. */
const doorActions: Readonly<Record<RouteHandler, readonly TableAction[]>> = {
  'http/meetings/createMeeting': [...admission, 'UpdateItem', 'BatchGetItem', 'ConditionCheckItem', 'Query'],
  'http/meetings/listMeetings': [...admission, 'Query'],
  'http/meetings/readMeeting': [...admission, 'Query', 'BatchGetItem'],
  'http/meetings/patchMeeting': [...admission, 'UpdateItem', 'BatchGetItem', 'Query'],
  'http/meetings/cancelMeeting': [...admission],
  'http/meetings/inviteAgain': [...admission, 'UpdateItem', 'BatchGetItem', 'Query'],
  'http/meetings/addParticipant': [...admission, 'UpdateItem', 'BatchGetItem'],
  'http/meetings/removeParticipant': [...admission, 'UpdateItem', 'BatchGetItem'],
  'http/meetings/answerMeeting': [...admission, 'Query'],
  'http/meetings/readChanges': [...admission, 'BatchGetItem'],
  'http/meetings/readInvitations': [...admission, 'Query', 'BatchGetItem'],
  'http/meetings/readCalendar': [...admission],
  'http/users/readMe': admission,
  'http/users/patchMe': admission,
  'http/users/listDevices': [...admission, 'Query'],
  'http/users/putDevice': [...admission, 'Query', 'ConditionCheckItem'],
  'http/users/deleteDevice': admission,
  'http/users/listUsers': [...admission, 'Query', 'BatchGetItem'],
  'http/users/readUser': admission,
  'http/users/putUser': admission,
  'http/users/deleteUser': admission,
  'http/webhooks/createWebhook': [...admission, 'Query'],
  'http/webhooks/listWebhooks': [...admission, 'Query', 'BatchGetItem'],
  'http/webhooks/readWebhook': admission,
  'http/webhooks/patchWebhook': [...admission, 'UpdateItem'],
  'http/webhooks/deleteWebhook': admission,
  'http/webhooks/readAttempts': [...admission, 'Query'],
  'http/webhooks/testWebhook': admission,
  'http/webhooks/rotateSecret': [...admission, 'UpdateItem'],
  'http/rooms/readDialIn': [...admission, 'UpdateItem'],
  'http/rooms/enterDialIn': [...admission, 'UpdateItem'],
  'http/rooms/createHostToken': [...admission],
  'http/rooms/readAttendance': [...admission, 'Query'],
  'http/rooms/openRoom': ['GetItem', 'UpdateItem', 'Query'],
  'http/rooms/readAnswer': ['GetItem', 'UpdateItem', 'Query'],
  'http/rooms/giveAnswer': ['GetItem', 'UpdateItem', 'PutItem', 'DeleteItem', 'Query'],
  'http/rooms/followShortLink': ['GetItem'],
  'http/rooms/openPublicRoom': ['UpdateItem'],
  'http/rooms/readAsset': [],
  'http/service/readDocument': [],
  'http/service/health': [],
  'http/service/notFound': [],
};

/** The HTTP API and its stage, still without doors: functions are told its address before they become its doors. */
export function createApi(
  scope: Construct,
  settings: Settings,
  conference: Pick<Conference, 'origins'>,
  consoleOrigin?: string,
): { api: HttpApi; stage: HttpStage; requests: LogGroup; domainName: DomainName | undefined } {
  const origins = originsOf(settings, conference, consoleOrigin);
  const api = new HttpApi(scope, 'Api', {
    createDefaultStage: false,
    ...(origins.length > 0 ? { corsPreflight: cors(origins) } : {}),
  });
  const domainName = createDomainName(scope, settings);
  const { requests, accessLogSettings } = logRequests(scope, 'ApiAccess', settings);
  const stage = new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
    accessLogSettings,
    ...(domainName ? { domainMapping: { domainName } } : {}),
  });
  return { api, stage, requests, domainName };
}

/** A door: its function, and the routes that lead to it. */
export interface Door {
  readonly door: LambdaFunction;
  readonly routes: readonly HttpRoute[];
}

/**
 * One function for each of `functions/routes.ts`, and of who holds the conferences, with a route for each of its methods.
 *
 * @returns them, by handler
 */
export function createDoors(
  scope: Construct,
  api: HttpApi,
  defaults: FunctionDefaults,
  {
    settings,
    callers,
    table,
    conference,
  }: { settings: Settings; callers: Callers; table: Table; conference: Pick<Conference, 'routes'> },
): ReadonlyMap<string, Door> {
  const doors = new Map<string, Door>();
  const ownRoutes = routes.map((route) => ({ ...route, tableActions: doorActions[route.handler] }));
  const all: readonly (Route & { readonly tableActions: readonly TableAction[] })[] = [
    ...ownRoutes,
    ...conference.routes,
  ];
  const served = new Map<string, { door: LambdaFunction; integration: HttpLambdaIntegration }>();
  const serve = (handler: string) => {
    const door = createFunction(scope, defaults, { handler });
    const own = all.filter((route) => (route.servedBy ?? route.handler) === handler);
    // One permission for all of several routes: each resource counts, of which a stack has room for so many only.
    const scopePermissionToRoute = own.flatMap((route) => routeKeysOf(route, settings.linkPath)).length === 1;
    const integration = new HttpLambdaIntegration(`${door.node.id}Integration`, door, { scopePermissionToRoute });
    const made = { door, integration };
    served.set(handler, made);
    return made;
  };
  for (const route of all) {
    const handler = route.servedBy ?? route.handler;
    const { door, integration } = served.get(handler) ?? serve(handler);
    if (route.tableActions.length > 0) grantTable(table, door, route.tableActions);
    const made = routeKeysOf(route, settings.linkPath).map(
      ([suffix, routeKey]) =>
        new HttpRoute(scope, `${nameOf(route.handler)}${suffix}Route`, {
          httpApi: api,
          routeKey,
          integration,
          ...(route.access === 'user' ? { authorizer: callers.authorizer } : {}),
        }),
    );
    if (route.access !== 'user') for (const one of made) acknowledge(one, openDoor);
    doors.set(route.handler, { door, routes: made });
  }
  return doors;
}

/** The door of a handler. @throws Error where there is none */
export function doorOf(doors: ReadonlyMap<string, Door>, handler: RouteHandler): Door {
  const door = doors.get(handler);
  if (!door) throw new Error(`There is no door of ${handler}`);
  return door;
}

/** Why a route asks for no token. */
export const openDoor = {
  'AwsSolutions-APIG4':
    'Open by design: a link is itself the secret, which the function compares; documents and health are anyone’s.',
};

const methods = {
  GET: HttpMethod.GET,
  HEAD: HttpMethod.HEAD,
  POST: HttpMethod.POST,
  PUT: HttpMethod.PUT,
  PATCH: HttpMethod.PATCH,
  DELETE: HttpMethod.DELETE,
};

/** By what tells their constructs from those of the route's own method. */
export function routeKeysOf(route: Route, linkPath: string): readonly [suffix: string, key: HttpRouteKey][] {
  if (route.path === '$default') return [['', HttpRouteKey.DEFAULT]];
  const path = route.path.replace('{linkPath}', linkPath);
  return methodsOf(route).map((method) => [method === 'HEAD' ? 'Head' : '', HttpRouteKey.with(path, methods[method])]);
}

function originsOf(
  { allowedOrigins }: Settings,
  { origins }: Pick<Conference, 'origins'>,
  consoleOrigin: string | undefined,
): string[] {
  if (allowedOrigins.includes('*')) return [...allowedOrigins];
  return [...new Set([...allowedOrigins, ...origins, ...(consoleOrigin === undefined ? [] : [consoleOrigin])])];
}

function cors(allowOrigins: readonly string[]) {
  return {
    allowOrigins: [...allowOrigins],
    allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match'],
    allowMethods: [
      CorsHttpMethod.GET,
      CorsHttpMethod.POST,
      CorsHttpMethod.PUT,
      CorsHttpMethod.PATCH,
      CorsHttpMethod.DELETE,
    ],
    exposeHeaders: ['allow', 'etag', 'location', 'retry-after'],
  };
}

function createDomainName(scope: Construct, { linkHost, certificateArn }: Settings): DomainName | undefined {
  if (linkHost === undefined || certificateArn === undefined) return undefined;
  return new DomainName(scope, 'Domain', {
    domainName: new URL(linkHost).hostname,
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
  });
}
