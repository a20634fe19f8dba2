import { findHostedMeeting } from '../../../meetings/changeMeeting.ts';
import { linkOf } from '../../../meetings/links/link.ts';
import { closedRoom } from '../../../rooms/closedRoom.ts';
import { openingOf } from '../../../rooms/opening.ts';
import { randomId } from '../../../runtime/ids.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** 160 random bits. */
const tokenLength = 32;
const lifeMilliseconds = 5 * 60_000;

/** `POST /meetings/{id}/host-token`: for the organizer and co-hosts, a token that makes them the host in the meeting's room. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const { openBeforeMinutes } = settings();
  const { meeting, isCohostAlone } = await findHostedMeeting(request, caller, stores.meetings());
  const opening = openingOf(meeting, openBeforeMinutes, now);
  if (opening === 'ended' || opening === 'cancelled') throw closedRoom(meeting, opening, openBeforeMinutes);
  const token = randomId(tokenLength);
  const expires = new Date(now.getTime() + lifeMilliseconds);
  await stores.hostTokens().keep(meeting.id, token, { userId: caller.id, asCohost: isCohostAlone }, expires);
  // The meeting's own link, whatever links end in; the token behind the #, where no server and no log sees it.
  const { id, key } = meeting;
  const url = `${linkOf({ id, key }, settings())}#host=${token}`;
  return { status: 201, body: { token, url, expiresAt: expires.toISOString() } };
});
