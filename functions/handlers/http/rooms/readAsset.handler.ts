import { pageAsset } from '../../../rooms/page/pageAsset.ts';
import { door, pathParameter } from '../../../runtime/http.ts';

/** `GET /assets/{hash}`: a script or a style of the page, or the words of one of its languages. */
export const handler = door(async (request) => pageAsset(request, pathParameter(request, 'hash')));
