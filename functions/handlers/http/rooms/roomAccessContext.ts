import { meetingStore } from '../../../meetings/meetingStore.ts';
import type { RoomAccessContext } from '../../../rooms/roomAccess.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';

/** What decides whether rooms of this deployment are open. */
export function roomAccessContext(): RoomAccessContext {
  return { meetings: meetingStore(table(), settings().retentionDays), settings: settings() };
}
