import { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import type { Meeting } from '../meeting.ts';
import type { MeetingStore } from '../meetingStore.ts';

/** A meeting as it is now, none where it has gone; or why this release cannot read it, which concerns it alone. */
export async function readOrFault(
  id: string,
  meetings: Pick<MeetingStore, 'get'>,
): Promise<{ readonly meeting?: Meeting | undefined; readonly fault?: UnreadableRow }> {
  try {
    return { meeting: await meetings.get(id) };
  } catch (error) {
    if (error instanceof UnreadableRow) return { fault: error };
    throw error;
  }
}
