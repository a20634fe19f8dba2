import { fromBrotli } from '../contentCoding.ts';
import type { HttpReply, HttpRequest } from '../http.ts';

/** What one page is allowed, and how it is reached. */
export interface PageRules {
  /** The origins that its scripts may call, beside its own. */
  readonly connectsTo: readonly string[];
  /** Its Permissions-Policy. */
  readonly permissions: string;
  /** Of its own host: one that is reached by http alone would be locked out (RFC 6797, section 7.2). */
  readonly isHttps: boolean;
  /** By what beside `accept-encoding` the address answers otherwise. */
  readonly vary?: string;
}

/**
 * A page's document, which is not kept, since the assets that it names are those of one release. Scripts and styles are
 * assets of its origin, and nobody frames it. Trusted Types are required and none are made: whatever would turn text into
 * markup fails, so that a name or a chat line cannot become any.
 *
 * @param document compressed, as `virtual:…Page` holds it
 */
export function pageReply(
  document: string,
  { headers }: Pick<HttpRequest, 'headers'>,
  { connectsTo, permissions, isHttps, vary }: PageRules,
): HttpReply {
  const { encoding, body } = fromBrotli(document, headers['accept-encoding']);
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...encoding,
      'content-security-policy': contentSecurityPolicy(connectsTo),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': permissions,
      'referrer-policy': 'no-referrer',
      ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
      vary: vary === undefined ? 'accept-encoding' : `${vary}, accept-encoding`,
    },
    body,
  };
}

function contentSecurityPolicy(connectsTo: readonly string[]): string {
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
    ["connect-src 'self'", ...connectsTo].join(' '),
  ].join('; ');
}
