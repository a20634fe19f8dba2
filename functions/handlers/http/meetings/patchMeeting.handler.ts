import { loadSmsReach } from '../../../deliveries/channels/sms/loadSmsReach.ts';
import { countMessages } from '../../../deliveries/countMessages.ts';
import { changeMeeting } from '../../../meetings/changeMeeting.ts';
import type { Meeting } from '../../../meetings/meeting.ts';
import { meetingPatch } from '../../../meetings/meetingPatch.ts';
import { nextPasswordHash, saltLength } from '../../../meetings/password/passwordHash.ts';
import { patchMeeting } from '../../../meetings/patchMeeting.ts';
import { addressesIn, userIdsOf } from '../../../meetings/people.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import type { Organizer } from '../../../meetings/scheduleMeeting.ts';
import { randomId } from '../../../runtime/ids.ts';
import { parseInput } from '../../../runtime/input.ts';
import { mergePatchOf } from '../../../runtime/mergePatch.ts';
import { settings } from '../../../runtime/settings.ts';
import type { Caller } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { showMeeting } from './showMeeting.ts';

/** `PATCH /meetings/{id}`: changes a meeting by a JSON merge patch (RFC 7396); whom it concerns hears of it. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const patch = parseInput(meetingPatch, mergePatchOf(request));
  const { timeZone, languages } = settings();
  const meetings = stores.meetings();
  const change = async (current: Meeting) => {
    const organizer = await organizerOf(current, caller);
    const { participants = [] } = patch;
    const people = [...participants, ...current.participants];
    const [smsReach, named, passwordHash] = await Promise.all([
      loadSmsReach(settings(), people),
      stores.users().whoIs(userIdsOf(people), addressesIn(people)),
      nextPasswordHash(patch.password, current.passwordHash, randomId(saltLength)),
    ]);
    const password = { passwordHash, passwordPlace: settings() };
    const facts = { organizer, timeZone, languages, smsReach, ...named, ...password, now, newId: randomId };
    return patchMeeting(current, patch, facts);
  };
  const meeting = await changeMeeting(request, caller, meetings, change, (...both) =>
    countMessages(...both, { settings: settings(), users: stores.users(), now }),
  );
  return {
    status: 200,
    headers: { etag: entityTag(meeting) },
    body: await showMeeting(meeting, { viewer: 'organizer' }, now),
  };
});

/** Whom the meeting's own participants must not take for one of them. */
async function organizerOf({ organizerId }: Meeting, caller: Caller): Promise<Organizer> {
  if (organizerId === caller.id) return caller;
  const user = await stores.users().find(organizerId);
  return { id: organizerId, email: user?.email, phone: user?.mobilePhone };
}
