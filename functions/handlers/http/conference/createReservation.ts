import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { conferenceEnd } from '../../../rooms/conference/jitsi/jitsiConference.ts';
import { conferenceExists, presentReservation, reservationForm } from '../../../rooms/conference/jitsi/reservation.ts';
import type { Reservation } from '../../../rooms/conference/jitsi/reservationStore.ts';
import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import * as stores from '../../stores.ts';
import { roomAccessContext } from '../rooms/roomAccessContext.ts';

/** `POST /reservation/conference`: whether a Jitsi server may hold a conference, and for how long. */
export const createReservation = door(async (request) => {
  const now = new Date();
  await stores.limits().count(attemptLimit(request.sourceAddress), now);
  const { name, mail_owner: mailOwner } = parseInput(
    reservationForm,
    Object.fromEntries(new URLSearchParams(request.text())),
  );
  const room = name.toLowerCase();
  const reservation: Reservation = {
    room,
    mailOwner,
    started: now,
    ends: await conferenceEnd(room, roomAccessContext(), now),
  };
  if (!(await stores.reservations().create(reservation))) throw conferenceExists(room);
  return { status: 200, body: presentReservation(reservation) };
});
