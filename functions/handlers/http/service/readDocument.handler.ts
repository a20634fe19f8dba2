import { entityTag, text } from 'virtual:openapi';
import { door } from '../../../runtime/http.ts';

/** `GET /openapi.json`: the document of this API. */
export const handler = door(async ({ headers }) => {
  const caching = { etag: entityTag, 'cache-control': 'public, max-age=300' };
  if (isKnown(headers['if-none-match'])) return { status: 304, headers: caching };
  return { status: 200, headers: { ...caching, 'content-type': 'application/json' }, body: text };
});

/** `If-None-Match` compares weakly (RFC 9110, section 13.1.2): proxies that compress make tags weak. */
function isKnown(tags = ''): boolean {
  return tags.split(',').some((tag) => ['*', entityTag].includes(tag.trim().replace(/^W\//, '')));
}
