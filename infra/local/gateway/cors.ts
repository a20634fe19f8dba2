import type { IncomingHttpHeaders } from 'node:http';
import type { CorsConfiguration } from './httpApi.ts';
import type { GatewayReply } from './httpReply.ts';

/**
 * Answers a preflight request as the gateway does, whatever routes there are: 204, with permission where the origin has it.
 *
 * @returns undefined where the request is no preflight
 */
export function answerPreflight(
  cors: CorsConfiguration,
  method: string | undefined,
  headers: IncomingHttpHeaders,
): GatewayReply | undefined {
  const isPreflight = method === 'OPTIONS' && headers.origin !== undefined;
  if (!isPreflight || headers['access-control-request-method'] === undefined) return undefined;
  const permission = allowOrigin(cors, headers.origin);
  if (permission === undefined) return { status: 204, headers: {}, body: '' };
  return {
    status: 204,
    headers: {
      ...permission,
      ...listed('access-control-allow-methods', cors.AllowMethods),
      ...listed('access-control-allow-headers', cors.AllowHeaders),
      ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
    },
    body: '',
  };
}

/** Puts the API's own CORS headers in place of any that the function gave. */
export function withCors(cors: CorsConfiguration, origin: string | undefined, reply: GatewayReply): GatewayReply {
  const own = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'));
  const permission = allowOrigin(cors, origin);
  const exposed = permission && listed('access-control-expose-headers', cors.ExposeHeaders);
  return { ...reply, headers: { ...Object.fromEntries(own), ...permission, ...exposed } };
}

function allowOrigin(cors: CorsConfiguration, origin: string | undefined): Record<string, string> | undefined {
  if (origin === undefined) return undefined;
  const allowed = cors.AllowOrigins.find((pattern) => pattern === '*' || matches(pattern, origin));
  if (allowed === undefined) return undefined;
  return {
    'access-control-allow-origin': allowed === '*' ? '*' : origin,
    ...(allowed !== '*' && { vary: 'Origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
  };
}

/** An origin, or all of a scheme as `https://*`. */
function matches(pattern: string, origin: string): boolean {
  return pattern.endsWith('://*') ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin;
}

function listed(name: string, values: readonly string[]): Record<string, string> {
  return values.length > 0 ? { [name]: values.join(',') } : {};
}
