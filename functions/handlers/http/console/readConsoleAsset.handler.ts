import { assets } from 'virtual:consoleAssets';
import { assetReply } from '../../../runtime/assets/assetReply.ts';
import { door, pathParameter } from '../../../runtime/http.ts';

/** `GET /assets/{hash}` of the console: a script or a style of its page, or the words of one of its languages. */
export const handler = door(async (request) => assetReply(assets, request, pathParameter(request, 'hash')));
