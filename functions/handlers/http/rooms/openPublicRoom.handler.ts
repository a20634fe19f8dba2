import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { noSuchRoom, publicRoomsOff } from '../../../rooms/closedRoom.ts';
import { chooseConference } from '../../../rooms/conference/chooseConference.ts';
import { roomPage, wantsPage } from '../../../rooms/page/roomPage.ts';
import { identifierOf } from '../../../rooms/publicRoom.ts';
import { publicFacts } from '../../../rooms/roomFacts.ts';
import { door, pathParameter } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';

/** `GET /c/{identifier}`: a public room, which is there as soon as somebody names it. */
export const handler = door(async (request) => {
  if (wantsPage(request)) return roomPage(request, settings());
  if (!settings().publicRooms) throw publicRoomsOff();
  await stores.limits().count(attemptLimit(request.sourceAddress), new Date());
  const identifier = identifierOf(pathParameter(request, 'identifier'));
  if (identifier === undefined) throw noSuchRoom();
  return { status: 200, body: publicFacts(identifier, { ...settings(), conference: chooseConference(settings()) }) };
});
