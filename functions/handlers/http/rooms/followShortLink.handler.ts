import { isShortCode, personalLinkOf, shortCodeOf } from '../../../meetings/links/personalLink.ts';
import { noSuchRoom } from '../../../rooms/closedRoom.ts';
import { shortLinkMissed } from '../../../rooms/shortLinkMissed.ts';
import { door, pathParameter } from '../../../runtime/http.ts';
import { log } from '../../../runtime/log.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';

/** `GET /j/{code}`: an SMS's short link, which leads to its participant's own. */
export const handler = door(async (request) => {
  const location = await findTarget(pathParameter(request, 'code'), new Date());
  if (location !== undefined) {
    return { status: 302, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } };
  }
  log.warn(shortLinkMissed);
  throw noSuchRoom();
});

/** A code is looked at again by the meeting as it is now: it ends with the person's part and the link's rotation. */
async function findTarget(code: string, now: Date): Promise<string | undefined> {
  const link = isShortCode(code) ? await stores.ownLinks().find(code, now) : undefined;
  const meeting = link && (await stores.meetings().get(link.meetingId));
  if (!meeting) return undefined;
  const person = { id: link.participantId };
  return shortCodeOf(meeting, person) === code ? personalLinkOf(meeting, person, settings()) : undefined;
}
