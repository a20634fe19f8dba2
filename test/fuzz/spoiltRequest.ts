import { request } from 'node:http';
import type { FuzzedCall } from './fuzzedCalls.ts';

/** A call as bytes on a wire: what one client escapes, and says once, another does not. */
export interface SpoiltRequest extends FuzzedCall {
  /** Whether the address is escaped as it should be, or sent as it stands. */
  readonly isEscaped: boolean;
  /** Whether each header is sent twice. */
  readonly isRepeated: boolean;
  readonly method: string | undefined;
  readonly contentType: string | undefined;
}

export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends it to a service that runs at this address. */
export function sendSpoilt(url: string, call: SpoiltRequest, token: string | undefined): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  const { route, method = route.method === 'ANY' ? 'PUT' : route.method, body } = call;
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: pathOf(call), headers: headersOf(call, token) }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const contentType = answer.headers['content-type'] ?? '';
        resolve({ status: answer.statusCode ?? 0, contentType, text: Buffer.concat(parts).toString() });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function pathOf({ route, parameters, query, isEscaped }: SpoiltRequest): string {
  const write = isEscaped ? escaped : asItStands;
  const template = route.path === '$default' ? '/nothing/{here}' : route.path.replace('{linkPath}', '/m');
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => write(parameters[name] ?? 'here'));
  const search = Object.entries(query).map(([name, value]) => `${write(name)}=${write(value)}`);
  return search.length === 0 ? path : `${path}?${search.join('&')}`;
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** What Node sends at all: it refuses blanks, controls and what is beyond Latin-1. */
function asItStands(text: string): string {
  return text.replace(/[^\x21-\xff]|\x7f/g, '').slice(0, 2_000);
}

function headersOf({ headers, isRepeated, contentType, body }: SpoiltRequest, token: string | undefined): string[] {
  const once = Object.entries(headers).flat();
  return [
    ...['host', '127.0.0.1'],
    ...(token === undefined ? [] : ['authorization', `Bearer ${token}`]),
    ...(contentType === undefined ? [] : ['content-type', contentType]),
    ...['content-length', String(body?.length ?? 0)],
    ...once,
    ...(isRepeated ? once : []),
  ];
}
