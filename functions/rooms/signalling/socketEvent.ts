import * as z from 'zod/mini';

const strings = z.optional(z.nullable(z.record(z.string(), z.optional(z.nullable(z.string())))));

/** As much of a WebSocket API's event as the rooms look at (AWS, "$connect and $disconnect routes"). */
const eventSchema = z.object({
  requestContext: z.object({
    connectionId: z.string(),
    identity: z.optional(z.object({ sourceIp: z.optional(z.nullable(z.string())) })),
    disconnectStatusCode: z.optional(z.nullable(z.number())),
  }),
  headers: strings,
  queryStringParameters: strings,
  body: z.optional(z.nullable(z.string())),
  isBase64Encoded: z.optional(z.boolean()),
});

/** What happened on a socket. */
export interface SocketEvent {
  readonly connectionId: string;
  readonly sourceAddress: string;
  readonly query: Readonly<Record<string, string>>;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text that was sent; undefined where bytes were. */
  readonly text: string | undefined;
  /** How the connection ended (RFC 6455, section 7.4). */
  readonly closeCode: number | undefined;
}

export function parseSocketEvent(input: unknown): SocketEvent {
  const { requestContext, headers, queryStringParameters, body, isBase64Encoded } = z.parse(eventSchema, input);
  return {
    connectionId: requestContext.connectionId,
    sourceAddress: requestContext.identity?.sourceIp ?? '',
    query: definedStrings(queryStringParameters),
    headers: lowerCased(definedStrings(headers)),
    text: isBase64Encoded ? undefined : (body ?? undefined),
    closeCode: requestContext.disconnectStatusCode ?? undefined,
  };
}

function definedStrings(values: Record<string, string | null | undefined> | null | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
