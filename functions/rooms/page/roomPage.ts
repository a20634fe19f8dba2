import { document } from 'virtual:roomPage';
import { pageReply } from '../../runtime/assets/pageReply.ts';
import type { HttpReply, HttpRequest } from '../../runtime/http.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';

/** Whether a room is asked for by somebody who wants to see it. */
export function wantsPage({ headers }: HttpRequest): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '');
}

/** The page of every room: it asks for the room's facts itself. A link holds a key, which goes nowhere else. */
export function roomPage(
  request: Pick<HttpRequest, 'headers'>,
  { linkHost, socketUrl }: Pick<RuntimeSettings, 'linkHost' | 'socketUrl'>,
): HttpReply {
  return pageReply(document, request, {
    connectsTo: [new URL(socketUrl).origin],
    permissions: 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
    isHttps: linkHost.startsWith('https:'),
    vary: 'accept',
  });
}
