import { fromBrotli } from '../contentCoding.ts';
import type { HttpReply, HttpRequest } from '../http.ts';
import { Refusal } from '../refusal.ts';

/** What a page is made of, by name (`QX3K2ZAB.js`); `brotli` is in base64. */
export type PageAssets = Readonly<Record<string, { readonly contentType: string; readonly brotli: string }>>;

/**
 * An asset of a page, which never changes: another content has another name.
 *
 * @throws Refusal 'no-such-asset'
 */
export function assetReply(assets: PageAssets, { headers }: Pick<HttpRequest, 'headers'>, name: string): HttpReply {
  const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (asset === undefined) {
    throw new Refusal('missing', 'no-such-asset', 'This release of the service has no asset of this name.');
  }
  const { encoding, body } = fromBrotli(asset.brotli, headers['accept-encoding']);
  return {
    status: 200,
    headers: {
      'content-type': asset.contentType,
      ...encoding,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    },
    body,
  };
}
