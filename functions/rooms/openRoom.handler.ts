import type { Meeting } from '../meetings/meeting.ts';
import { meetingStore } from '../meetings/meetingStore.ts';
import { door, pathParameter } from '../runtime/http.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { directory } from '../users/directory.ts';
import { countAttempt } from './attempts.ts';
import { closedRoom, noSuchRoom } from './closedRoom.ts';
import { meetingOfLink } from './findRoom.ts';
import { openingOf } from './opening.ts';
import { meetingFacts } from './roomFacts.ts';

/** `GET {linkPath}/{link}`: the room behind a meeting's link. */
export const handler = door(async (request) => {
  const now = new Date();
  await countAttempt(table(), request.sourceAddress, now);
  const { retentionDays, openBeforeMinutes } = settings();
  const meeting = await meetingOfLink(pathParameter(request, 'link'), meetingStore(table(), retentionDays));
  if (!meeting) throw noSuchRoom();
  const opening = openingOf(meeting, openBeforeMinutes, now);
  if (opening !== 'open') throw closedRoom(meeting, opening, openBeforeMinutes);
  return { status: 200, body: meetingFacts(meeting, 'key', await organizerOf(meeting), settings()) };
});

async function organizerOf({ organizerId }: Meeting): Promise<string | undefined> {
  const user = await directory(table()).find(organizerId);
  return user?.username;
}
