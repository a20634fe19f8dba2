import { doorsByRoute } from '../doorsByRoute.ts';
import { createReservation } from './createReservation.ts';
import { deleteReservation } from './deleteReservation.ts';
import { mapConference } from './mapConference.ts';
import { readReservation } from './readReservation.ts';

/** Every call of a Jitsi server: one server makes few of them. */
export const handler = doorsByRoute({
  'POST /reservation/conference': createReservation,
  'GET /reservation/conference/{id}': readReservation,
  'HEAD /reservation/conference/{id}': readReservation,
  'DELETE /reservation/conference/{id}': deleteReservation,
  'GET /conferenceMapper': mapConference,
  'HEAD /conferenceMapper': mapConference,
});
