import { countAttempt } from '../../../rooms/attempts.ts';
import { conferenceEnd } from '../../../rooms/jitsiConference.ts';
import { heldAlready, presentReservation, reservationForm } from '../../../rooms/reservation.ts';
import { type Reservation, reservationStore } from '../../../rooms/reservationStore.ts';
import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { table } from '../../../runtime/table.ts';

/** `POST /reservation/conference`: whether a Jitsi server may hold a conference, and for how long. */
export const handler = door(async (request) => {
  const now = new Date();
  await countAttempt(table(), request.sourceAddress, now);
  const { name, mail_owner: mailOwner } = parseInput(
    reservationForm,
    Object.fromEntries(new URLSearchParams(request.text())),
  );
  const room = name.toLowerCase();
  const reservation: Reservation = { room, mailOwner, started: now, ends: await conferenceEnd(room, now) };
  if (!(await reservationStore(table()).create(reservation))) throw heldAlready(room);
  return { status: 200, body: presentReservation(reservation) };
});
