import { gunzipSync } from 'node:zlib';
import { brotli, contentSecurityPolicy, gzip } from 'virtual:roomPage';
import type { HttpReply, HttpRequest } from '../runtime/http.ts';

/** Whether a room is asked for by somebody who wants to see it. */
export function wantsPage({ headers }: HttpRequest): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '');
}

/** The page of every room: it asks for the room's facts itself. A link holds a key, which goes nowhere else. */
export function roomPage({ headers }: HttpRequest, socketUrl: string): HttpReply {
  const { encoding, body } = encoded(headers['accept-encoding'] ?? '');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      'content-security-policy': contentSecurityPolicy(socketUrl),
      'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'private, max-age=300',
      vary: 'accept, accept-encoding',
    },
    body,
  };
}

function encoded(accepted: string): { encoding: string | undefined; body: Buffer } {
  if (/\bbr\b/.test(accepted)) return { encoding: 'br', body: Buffer.from(brotli, 'base64') };
  const compressed = Buffer.from(gzip, 'base64');
  if (/\bgzip\b/.test(accepted)) return { encoding: 'gzip', body: compressed };
  return { encoding: undefined, body: gunzipSync(compressed) };
}
