import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { closedForGood, noSuchRoom } from '../../../rooms/closedRoom.ts';
import { findInvited, type Invited } from '../../../rooms/findLinkedMeeting.ts';
import { openingOf } from '../../../rooms/opening.ts';
import { type HttpRequest, pathParameter } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';

/**
 * Who answers by a personal link, to a meeting that is not over.
 *
 * @throws Refusal `limited`, `no-such-room`, `ended`, `cancelled`
 */
export async function findAnswering(request: HttpRequest, now: Date): Promise<Invited> {
  await stores.limits().count(attemptLimit(request.sourceAddress), now);
  const invited = await findInvited(pathParameter(request, 'link'), stores.meetings());
  if (!invited) throw noSuchRoom();
  const opening = openingOf(invited.meeting, settings().openBeforeMinutes, now);
  if (opening === 'ended' || opening === 'cancelled') throw closedForGood(invited.meeting, opening);
  return invited;
}
