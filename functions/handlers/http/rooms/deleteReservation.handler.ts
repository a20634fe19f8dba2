import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { reservationStore } from '../../../rooms/conference/jitsi/reservationStore.ts';
import { limitStore } from '../../../rooms/limitStore.ts';
import { door, pathParameter } from '../../../runtime/http.ts';
import { table } from '../../../runtime/table.ts';

/** `DELETE /reservation/conference/{id}`: a Jitsi server's conference is over; its meeting stays as it is. */
export const handler = door(async (request) => {
  await limitStore(table()).count(attemptLimit(request.sourceAddress), new Date());
  await reservationStore(table()).remove(pathParameter(request, 'id').slice(0, 200));
  return { status: 204 };
});
