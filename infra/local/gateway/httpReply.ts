import * as z from 'zod';

export interface GatewayReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const proxyResponse = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** What the gateway keeps for itself. */
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** @returns a reply of the gateway's own, as `{"message":"Not Found"}` */
export function gatewayReply(status: number, message: string, headers: GatewayReply['headers'] = {}): GatewayReply {
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

/**
 * Reads what a function returned, in payload format 2.0: a response where it has a `statusCode`, else the body of a 200.
 *
 * @param payload JSON
 * @returns undefined where it is no response, which is the caller's 500
 */
export function readProxyResponse(payload: string): GatewayReply | undefined {
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: payload };
  }
  const parsed = proxyResponse.safeParse(value);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const given = Object.entries(headers ?? {}).map(([name, text]) => [name.toLowerCase(), text] as const);
  return {
    status: statusCode,
    headers: {
      ...(body && { 'content-type': 'text/plain; charset=utf-8' }),
      ...Object.fromEntries(given.filter(([name]) => !ownHeaders.has(name))),
      ...(cookies && cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
