import { document } from 'virtual:roomPage';
import { fromBrotli } from '../../runtime/contentCoding.ts';
import type { HttpReply, HttpRequest } from '../../runtime/http.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';

/** Whether a room is asked for by somebody who wants to see it. */
export function wantsPage({ headers }: HttpRequest): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '');
}

/**
 * The page of every room: it asks for the room's facts itself. A link holds a key, which goes nowhere else. It is not
 * kept, since the assets that it names are those of one release.
 */
export function roomPage(
  { headers }: Pick<HttpRequest, 'headers'>,
  { linkHost, socketUrl }: Pick<RuntimeSettings, 'linkHost' | 'socketUrl'>,
): HttpReply {
  const { encoding, body } = fromBrotli(document, headers['accept-encoding']);
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...encoding,
      'content-security-policy': contentSecurityPolicy(socketUrl),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
      'referrer-policy': 'no-referrer',
      // A host that is reached by http alone would be locked out (RFC 6797, section 7.2).
      ...(linkHost.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
      vary: 'accept, accept-encoding',
    },
    body,
  };
}

/**
 * Scripts and styles are assets of this origin. Trusted Types are required and none are made: whatever would turn
 * text into markup fails, so that a name or a chat line cannot become any.
 */
function contentSecurityPolicy(socketUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    `connect-src 'self' ${new URL(socketUrl).origin}`,
  ].join('; ');
}
