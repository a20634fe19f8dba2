import { credentialExpiry, needsCredentials, withCredentials } from '../../rooms/conference/mesh/iceServers.ts';
import type { RoomServices } from '../../rooms/seats/roomServices.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { readSecret } from '../../runtime/secretsClient.ts';
import type { RuntimeSettings, SecretReference } from '../../runtime/settings.ts';

/** Gives each seat the STUN and TURN servers of the settings, with credentials of its own. */
export function iceServerReader({
  iceServers,
  turnSecret,
}: Pick<RuntimeSettings, 'iceServers' | 'turnSecret'>): RoomServices['readIceServers'] {
  return async (roomId, seatId, now) => {
    const secret = turnSecret && needsCredentials(iceServers) ? await readTurnSecret(turnSecret, now) : undefined;
    return withCredentials(iceServers, secret, seatId, credentialExpiry(roomId, now));
  };
}

/** A conference without a TURN server is better than none: most people reach each other without. */
async function readTurnSecret(turnSecret: SecretReference, now: Date): Promise<string | undefined> {
  try {
    return await readSecret(turnSecret, now);
  } catch (error) {
    log.error('TURN credentials not made', { error: errorOf(error) });
    return undefined;
  }
}
