import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { door, pathParameter } from '../../../runtime/http.ts';
import * as stores from '../../stores.ts';

/** `DELETE /reservation/conference/{id}`: a Jitsi server's conference is over; its meeting stays as it is. */
export const deleteReservation = door(async (request) => {
  await stores.limits().count(attemptLimit(request.sourceAddress), new Date());
  await stores.reservations().remove(pathParameter(request, 'id').slice(0, 200));
  return { status: 204 };
});
