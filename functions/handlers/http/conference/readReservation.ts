import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { conferenceEnd } from '../../../rooms/conference/jitsi/jitsiConference.ts';
import { noSuchConference, presentReservation } from '../../../rooms/conference/jitsi/reservation.ts';
import { door, pathParameter } from '../../../runtime/http.ts';
import * as stores from '../../stores.ts';
import { roomAccessContext } from '../rooms/roomAccessContext.ts';

/** `GET /reservation/conference/{id}`: a conference that a Jitsi server holds, until its meeting's end as it is now. */
export const readReservation = door(async (request) => {
  const now = new Date();
  await stores.limits().count(attemptLimit(request.sourceAddress), now);
  const room = pathParameter(request, 'id').slice(0, 200);
  const reservation = await stores.reservations().find(room, now);
  if (!reservation) throw noSuchConference();
  return {
    status: 200,
    body: presentReservation({ ...reservation, ends: await conferenceEnd(room, roomAccessContext(), now) }),
  };
});
