import type { HttpRequest } from './http.ts';
import { Refusal } from './refusal.ts';

const mergePatch = /^application\/(?:merge-patch\+)?json\s*(?:;|$)/i;

/**
 * The body of a JSON merge patch (RFC 7396). Another patch format (RFC 6902, say) means something else by the same body.
 *
 * @throws Refusal `unsupported-media-type`, `invalid-json`
 */
export function mergePatchOf(request: HttpRequest): unknown {
  const type = request.headers['content-type'];
  if (type === undefined || mergePatch.test(type)) return request.json();
  throw new Refusal('unsupported', 'unsupported-media-type', 'The body must be application/merge-patch+json.');
}
