import { assets } from 'virtual:pageAssets';
import { assetReply } from '../../runtime/assets/assetReply.ts';
import type { HttpReply, HttpRequest } from '../../runtime/http.ts';

/**
 * An asset of the room's page.
 *
 * @throws Refusal 'no-such-asset'
 */
export function pageAsset(request: Pick<HttpRequest, 'headers'>, name: string): HttpReply {
  return assetReply(assets, request, name);
}
