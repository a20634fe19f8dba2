import { Refusal } from '../../runtime/refusal.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';

/** That nobody knows who was in the room of a meeting. */
export function attendanceUnavailable({ jitsiHost }: Pick<RuntimeSettings, 'jitsiHost'>): Refusal {
  const message =
    jitsiHost === undefined
      ? 'This service keeps no attendance.'
      : 'Conferences are held by a Jitsi server, which does not tell who was there.';
  return new Refusal('missing', 'attendance-unavailable', message);
}
