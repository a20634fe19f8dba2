import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { errorOf, log } from './log.ts';
import { invalidInput, Refusal, type RefusalKind } from './refusal.ts';
import { jsonPointer } from './refusals/jsonPointer.ts';
import { problemTitle, problemType } from './refusals/problems.ts';
import { UnreadableRow } from './refusals/unreadableRow.ts';

/** What a door's handler is given: the call as the caller made it, read-only. */
export interface HttpRequest {
  readonly method: string;
  /** The whole path, decoded; `path` holds its parameters. */
  readonly address: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The claims of the caller's token as the gateway hands them over; none where the door is open. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly sourceAddress: string;
  /** The body as JSON; undefined where there is none. @throws Refusal `invalid-json` */
  json(): unknown;
  /** The body as it came; empty where there is none. */
  text(): string;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is text or bytes and `headers` names its content type. */
  readonly body?: unknown;
}

const statuses: Record<RefusalKind, number> = {
  invalid: 400,
  forbidden: 403,
  missing: 404,
  unallowed: 405,
  conflict: 409,
  gone: 410,
  stale: 412,
  unsupported: 415,
  unprocessable: 422,
  limited: 429,
};

/** Makes a Lambda handler of a door: parses the call, answers it, and turns every refusal into a problem (RFC 9457). */
export function door(answer: (request: HttpRequest) => Promise<HttpReply>) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problemMiddleware())
    .handler(async (event: APIGatewayProxyEventV2, context: Context) => {
      log.addContext(context);
      return withoutBody(event, resultOf(await answer(requestOf(event))));
    });
}

function problemMiddleware(): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    onError: async (request) => {
      const { requestId } = request.event.requestContext;
      if (request.error instanceof Refusal && request.error.kind === 'limited') await countLimited(request.error);
      request.response = withoutBody(request.event, resultOf(problemOf(request.error, requestId)));
    },
  };
}

/** Loaded only then: few calls are refused so, and every other one would wait for it. */
async function countLimited({ code }: Refusal): Promise<void> {
  const { countReason, publishMetrics } = await import('./metrics.ts');
  countReason('CallsLimited', code);
  publishMetrics();
}

/** HEAD is answered as GET, without its content (RFC 9110, section 9.3.2). */
function withoutBody(
  event: APIGatewayProxyEventV2,
  { body, isBase64Encoded, ...result }: APIGatewayProxyStructuredResultV2,
): APIGatewayProxyStructuredResultV2 {
  const isHead = event.requestContext.http.method === 'HEAD';
  return body === undefined || isHead ? result : { ...result, body, ...(isBase64Encoded ? { isBase64Encoded } : {}) };
}

function problemOf(thrown: unknown, requestId: string): HttpReply {
  const refusal = thrown instanceof Refusal ? thrown : logInternalError(thrown, requestId);
  const status = refusal instanceof Refusal ? statuses[refusal.kind] : 500;
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...(refusal instanceof Refusal ? headersOf(refusal) : {}) },
    body: {
      ...(refusal instanceof Refusal ? refusal.extensions : {}),
      type: problemType(refusal.code),
      title: (refusal instanceof Refusal ? refusal.title : undefined) ?? problemTitle(refusal.code),
      status,
      code: refusal.code,
      detail: refusal.message,
      instance: `urn:request:${requestId}`,
      ...(refusal instanceof Refusal && refusal.errors ? { errors: refusal.errors } : {}),
    },
  };
}

function headersOf({ retryAfterSeconds, allow }: Refusal): Record<string, string> {
  return {
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(allow === undefined ? {} : { allow: allow.join(', ') }),
  };
}

/** What a caller learns of a fault of ours; the log has the rest. */
function logInternalError(thrown: unknown, requestId: string): { code: string; message: string } {
  log.error('Request failed', { error: errorOf(thrown), gatewayRequestId: requestId });
  if (thrown instanceof UnreadableRow) {
    const message = 'Another release of the service wrote what this call needs, and this one cannot read it.';
    return { code: 'unreadable-row', message };
  }
  return { code: 'internal-error', message: 'The service failed to answer. The same call may be tried again.' };
}

function requestOf(event: APIGatewayProxyEventV2): HttpRequest {
  return {
    method: event.requestContext.http.method,
    address: event.rawPath,
    path: withoutUndefined(event.pathParameters),
    query: withoutUndefined(event.queryStringParameters),
    headers: withoutUndefined(event.headers),
    claims: claimsOf(event.requestContext),
    sourceAddress: event.requestContext.http.sourceIp,
    json: () => jsonOf(event),
    text: () => textOf(event),
  };
}

function claimsOf(context: object): Record<string, unknown> {
  const jwt = propertyOf(propertyOf(context, 'authorizer'), 'jwt');
  return Object.fromEntries(Object.entries(propertyOf(jwt, 'claims') ?? {}));
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function jsonOf(event: APIGatewayProxyEventV2): unknown {
  try {
    const text = textOf(event);
    return text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new Refusal('invalid', 'invalid-json', 'The body is not valid JSON.', { cause });
  }
}

/** @throws TypeError where it is not UTF-8, as JSON must be (RFC 8259, section 8.1) */
function textOf({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string {
  if (!isBase64Encoded) return body;
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(body, 'base64'));
}

function withoutUndefined(values: Record<string, string | undefined> | undefined): Record<string, string> {
  const entries = Object.entries(values ?? {});
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function resultOf(reply: HttpReply): APIGatewayProxyStructuredResultV2 {
  if (reply.body === undefined) return { statusCode: reply.status, headers: { ...reply.headers } };
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', ...reply.headers };
  if (Buffer.isBuffer(reply.body)) {
    return { statusCode: reply.status, headers, body: reply.body.toString('base64'), isBase64Encoded: true };
  }
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  return { statusCode: reply.status, headers, body };
}

/** One path parameter that the route declares. */
export function pathParameter(request: HttpRequest, name: string): string {
  const value = request.path[name];
  if (value === undefined) throw new Error(`The route declares no {${name}}`);
  return value;
}

/** The value of a header, checked by `rule`: a message where it is not acceptable. */
export function header(
  request: HttpRequest,
  name: string,
  rule: (value: string) => string | undefined,
): string | undefined {
  const value = request.headers[name.toLowerCase()];
  const message = value === undefined ? undefined : rule(value);
  if (message !== undefined) throw invalidInput([{ path: jsonPointer([name]), message }]);
  return value;
}
