import { document } from 'virtual:consolePage';
import { pageReply } from '../runtime/assets/pageReply.ts';
import type { HttpReply, HttpRequest } from '../runtime/http.ts';
import type { ConsoleSettings } from './consoleSettings.ts';

/** The page at every address of the console. What it fetches comes from the API, and from who signs people in. */
export function consolePage(request: Pick<HttpRequest, 'headers'>, { api, signIn }: ConsoleSettings): HttpReply {
  const issuer = new URL(signIn.kind === 'cognito' ? signIn.domain : signIn.issuer).origin;
  const { headers, ...reply } = pageReply(document, request, {
    connectsTo: [new URL(api).origin, issuer],
    permissions: 'camera=(), microphone=(), display-capture=(), geolocation=()',
    isHttps: api.startsWith('https:'),
  });
  return { ...reply, headers: { ...headers, 'x-frame-options': 'DENY' } };
}
