import type { RoomAccessContext } from '../../../rooms/roomAccess.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';

/** What decides whether rooms of this deployment are open. */
export function roomAccessContext(): RoomAccessContext {
  return { meetings: stores.meetings(), settings: settings() };
}
