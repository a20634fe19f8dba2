import * as z from 'zod/mini';
import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { conferenceEnd } from '../../../rooms/conference/jitsi/jitsiConference.ts';
import { conferenceExists, presentReservation } from '../../../rooms/conference/jitsi/reservation.ts';
import { type Reservation, reservationStore } from '../../../rooms/conference/jitsi/reservationStore.ts';
import { limitStore } from '../../../rooms/limitStore.ts';
import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { table } from '../../../runtime/table.ts';
import { roomAccessContext } from './roomAccessContext.ts';

/** What else a Jitsi server says is not asked: the conference begins when it is asked for. */
const form = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  mail_owner: z._default(z.string().check(z.maxLength(1_000)), ''),
});

/** `POST /reservation/conference`: whether a Jitsi server may hold a conference, and for how long. */
export const handler = door(async (request) => {
  const now = new Date();
  await limitStore(table()).count(attemptLimit(request.sourceAddress), now);
  const { name, mail_owner: mailOwner } = parseInput(form, Object.fromEntries(new URLSearchParams(request.text())));
  const room = name.toLowerCase();
  const reservation: Reservation = {
    room,
    mailOwner,
    started: now,
    ends: await conferenceEnd(room, roomAccessContext(), now),
  };
  if (!(await reservationStore(table()).create(reservation))) throw conferenceExists(room);
  return { status: 200, body: presentReservation(reservation) };
});
