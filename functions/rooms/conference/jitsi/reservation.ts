import * as z from 'zod/mini';
import { Refusal } from '../../../runtime/refusal.ts';
import type { Reservation } from './reservationStore.ts';

const nameRule = 'must be text of 1 to 200 characters';
const ownerRule = 'must be text of at most 1000 characters';

/** What a Jitsi server asks to hold; what else it says is not asked: the conference begins when it is asked for. */
export const reservationForm = z.object({
  name: z.string({ error: nameRule }).check(z.minLength(1, nameRule), z.maxLength(200, nameRule)),
  mail_owner: z._default(z.string({ error: ownerRule }).check(z.maxLength(1_000, ownerRule)), ''),
});

/**
 * A conference as Jitsi's servers take it (Jitsi handbook, "Reservation System setup"); `duration` counts
 * seconds from `start_time`, and they end the conference after it.
 */
export function presentReservation({ room, mailOwner, started, ends }: Reservation) {
  return {
    id: room,
    name: room,
    mail_owner: mailOwner,
    start_time: started.toISOString(),
    duration: Math.max(0, Math.floor((ends.getTime() - started.getTime()) / 1_000)),
  };
}

/** `message` is what Jitsi's servers show to people. */
export function conferenceRefused(message: string): Refusal {
  return new Refusal('forbidden', 'conference-refused', message, { extensions: { message } });
}

/** Jitsi's servers then ask for the conference that they hold already. */
export function conferenceExists(room: string): Refusal {
  const message = 'The conference is held already.';
  return new Refusal('conflict', 'conference-exists', message, { extensions: { message, conflict_id: room } });
}

export function noSuchConference(): Refusal {
  const message = 'There is no such conference.';
  return new Refusal('missing', 'no-such-conference', message, { extensions: { message } });
}
