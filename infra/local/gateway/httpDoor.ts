import type { IncomingMessage, ServerResponse } from 'node:http';
import { arnOf } from '../assembly/place.ts';
import type { LocalFunction } from '../functions/functionPool.ts';
import { BodyTooLarge, isForThisMachine, readBody, urlOf } from '../httpServer.ts';
import { answerPreflight, withCors } from './cors.ts';
import type { Api, GatewayRoute } from './httpApi.ts';
import { httpEvent, newGatewayRequestId } from './httpEvent.ts';
import { type GatewayReply, gatewayReply, readProxyResponse } from './httpReply.ts';
import { authorizeByJwt, type VerificationKey } from './jwtAuthorizer.ts';
import { createRouteTable, type RouteMatch } from './routeTable.ts';
import { createThrottle, type Throttle } from './throttle.ts';

const bodyLimitBytes = 10 * 1024 * 1024;
const payloadLimitBytes = 6 * 1024 * 1024;
const headersLimitBytes = 10_240;

export interface HttpDoorOptions {
  readonly api: Api;
  readonly functionByArn: (arn: string) => LocalFunction | undefined;
  /** Says whether a function lets the gateway invoke it for a route, given as an ARN. */
  readonly mayInvoke: (functionArn: string, sourceArn: string) => boolean;
  readonly key: VerificationKey;
  /** Answers what is under `/_local/`; absent, that is the API's own. */
  readonly localPages?: (request: IncomingMessage, url: URL) => Promise<GatewayReply>;
  readonly onError: (error: unknown) => void;
}

/** Makes what listens to the HTTP API's port: the gateway, with the runner's own pages beside it. */
export function createHttpDoor(options: HttpDoorOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const answer = createGateway(options);
  return (request, response) => {
    answer(request)
      .catch((error: unknown) => {
        if (error instanceof BodyTooLarge)
          return gatewayReply(413, 'Request Entity Too Large', { connection: 'close' });
        options.onError(error);
        return gatewayReply(500, 'Internal Server Error');
      })
      .then(({ status, headers, body }) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        if (status !== 204 && status !== 304) response.setHeader('content-length', Buffer.byteLength(body));
        response.writeHead(status).end(body);
        if (!request.complete) request.resume();
      })
      .catch((error: unknown) => {
        options.onError(error);
        response.destroy();
      });
  };
}

function createGateway(options: HttpDoorOptions): (request: IncomingMessage) => Promise<GatewayReply> {
  const { api, localPages } = options;
  const match = createRouteTable(api.routes);
  const throttles = new Map<GatewayRoute, Throttle>(
    api.routes.map((route) => [route, createThrottle(route.throttling)]),
  );

  return async (request) => {
    if (!isForThisMachine(request)) return gatewayReply(403, 'Forbidden');
    const url = urlOf(request);
    if (localPages && url.pathname.startsWith('/_local/')) return localPages(request, url);
    const requestId = newGatewayRequestId();
    const preflight = api.cors && answerPreflight(api.cors, request.method, request.headers);
    if (preflight !== undefined) {
      return { ...preflight, headers: { ...preflight.headers, 'apigw-requestid': requestId } };
    }
    const reply = await route(request, url, requestId);
    const shared = { ...reply, headers: { ...reply.headers, 'apigw-requestid': requestId } };
    return api.cors === undefined ? shared : withCors(api.cors, request.headers.origin, shared);
  };

  async function route(request: IncomingMessage, url: URL, requestId: string): Promise<GatewayReply> {
    if (sizeOfHeaders(request) > headersLimitBytes) return gatewayReply(431, 'Request Header Fields Too Large');
    const path = withoutStage(url.pathname, api.stageName);
    const matched = path === undefined ? undefined : match(request.method ?? 'GET', path);
    if (matched === undefined) return gatewayReply(404, 'Not Found');
    if (throttles.get(matched.route)?.(Date.now()) === false) return gatewayReply(429, 'Too Many Requests');
    const { jwt } = matched.route;
    const verdict = jwt && (await authorizeByJwt(request.headers.authorization, jwt, options.key));
    if (verdict?.ok === false) return verdict.reply;
    const body = await readBody(request, bodyLimitBytes);
    const event = httpEvent(api, { message: request, url, body, match: matched, claims: verdict?.claims, requestId });
    return integrate(matched, event);
  }

  async function integrate(
    { route: { routeKey, functionArn, timeoutMs } }: RouteMatch,
    event: unknown,
  ): Promise<GatewayReply> {
    if (Buffer.byteLength(JSON.stringify(event)) > payloadLimitBytes)
      return gatewayReply(413, 'Request Entity Too Large');
    const target = options.functionByArn(functionArn);
    if (target === undefined || !options.mayInvoke(functionArn, sourceArnOf(api, routeKey))) {
      options.onError(new Error(`The API may not invoke ${functionArn} for ${routeKey}`));
      return gatewayReply(500, 'Internal Server Error');
    }
    const outcome = await inTime(target.invoke(event), timeoutMs);
    if (outcome === undefined) return gatewayReply(503, 'Service Unavailable');
    const reply = outcome.ok ? readProxyResponse(outcome.payload) : undefined;
    return reply ?? gatewayReply(500, 'Internal Server Error');
  }
}

/** @returns undefined where it takes too long; the function runs on, as it does behind the gateway */
async function inTime<Value>(promise: Promise<Value>, limitMs: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function withoutStage(path: string, stageName: string): string | undefined {
  if (stageName === '$default') return path;
  if (path === `/${stageName}`) return '/';
  return path.startsWith(`/${stageName}/`) ? path.slice(stageName.length + 1) : undefined;
}

/** The ARN of a route, whose variables a permission has as `*`. */
function sourceArnOf({ id, stageName }: Api, routeKey: string): string {
  const [method, path = ''] = routeKey === '$default' ? ['*', '/$default'] : routeKey.split(' ');
  return arnOf('execute-api', `${id}/${stageName}/${method}${path}`);
}

function sizeOfHeaders({ rawHeaders, url = '' }: IncomingMessage): number {
  return rawHeaders.reduce((sum, part) => sum + part.length + 2, url.length);
}
