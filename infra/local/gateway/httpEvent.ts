import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { accountId } from '../assembly/place.ts';
import type { Api } from './httpApi.ts';
import { decode, type RouteMatch } from './routeTable.ts';

/** What the gateway has learned of a request by the time it makes the event. */
export interface GatewayRequest {
  readonly message: IncomingMessage;
  readonly url: URL;
  readonly body: Buffer;
  readonly match: RouteMatch;
  /** Claims as the authorizer hands them over; undefined on an open route. */
  readonly claims: Readonly<Record<string, string>> | undefined;
  readonly requestId: string;
}

/** As the gateway makes them. */
export function newGatewayRequestId(): string {
  return `${randomBytes(11).toString('base64url').slice(0, 15)}=`;
}

/**
 * Makes the event of payload format 2.0.
 *
 * `rawPath` is decoded and ends at a decoded `?`, as the gateway's is; every body is base64 that is not text, JSON, XML or
 * JavaScript, forms included.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpEvent(api: Api, { message, url, body, match, claims, requestId }: GatewayRequest): unknown {
  const { cookie, ...headers } = headersOf(message);
  const isText = isTextual(headers['content-type'] ?? '');
  const now = new Date();
  const path = decode(url.pathname).split('?')[0] ?? '/';
  const queryNames = [...new Set(url.searchParams.keys())];
  const query = queryNames.map((name) => [name, url.searchParams.getAll(name).join(',')] as const);
  const { pathParameters, route } = match;
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: {
      accountId,
      apiId: api.id,
      ...(route.jwt && { authorizer: { jwt: { claims: claims ?? {}, scopes: scopesOf(route.jwt.scopes) } } }),
      domainName: url.host,
      domainPrefix: url.hostname.split('.')[0],
      http: {
        method: message.method,
        path,
        protocol: `HTTP/${message.httpVersion}`,
        sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.routeKey,
      stage: api.stageName,
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Lower-case names; what came several times is joined by a comma. The gateway adds where a request came from. */
function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    const name = (message.rawHeaders[index] ?? '').toLowerCase();
    const value = message.rawHeaders[index + 1] ?? '';
    const separator = name === 'cookie' ? '; ' : ',';
    headers[name] = headers[name] === undefined ? value : `${headers[name]}${separator}${value}`;
  }
  const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...kept } = headers;
  const sourceIp = message.socket.remoteAddress ?? '127.0.0.1';
  return {
    ...kept,
    'x-amzn-trace-id': `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
    'x-forwarded-for': kept['x-forwarded-for'] === undefined ? sourceIp : `${kept['x-forwarded-for']}, ${sourceIp}`,
    'x-forwarded-port': String(message.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
}

function isTextual(contentType: string): boolean {
  return /^\s*(text\/[^;]+|application\/(json|xml|javascript))\s*(;|$)/i.test(contentType);
}

function scopesOf(scopes: readonly string[]): readonly string[] | null {
  return scopes.length > 0 ? scopes : null;
}

/** As `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(instant: Date): string {
  const [, day, month, year, time] = instant.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
