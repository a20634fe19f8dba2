import { document } from 'virtual:consolePage';
import { fromBrotli } from '../runtime/contentCoding.ts';
import type { HttpReply, HttpRequest } from '../runtime/http.ts';
import type { ConsoleSettings } from './consoleSettings.ts';

/** The page at every address of the console. It is not kept, since the assets that it names are those of one release. */
export function consolePage({ headers }: Pick<HttpRequest, 'headers'>, settings: ConsoleSettings): HttpReply {
  const { encoding, body } = fromBrotli(document, headers['accept-encoding']);
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...encoding,
      'content-security-policy': contentSecurityPolicy(settings),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), display-capture=(), geolocation=()',
      'referrer-policy': 'no-referrer',
      ...(settings.api.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
      vary: 'accept-encoding',
    },
    body,
  };
}

/**
 * Scripts and styles are assets of this origin, and what is fetched comes from the API and from who signs people in. The page
 * is framed by nobody. Trusted Types are required and none are made: no name or comment can become markup.
 */
function contentSecurityPolicy({ api, signIn }: ConsoleSettings): string {
  const issuer = new URL(signIn.kind === 'cognito' ? signIn.domain : signIn.issuer).origin;
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
    `connect-src 'self' ${new URL(api).origin} ${issuer}`,
  ].join('; ');
}
