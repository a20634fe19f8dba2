import { loadSmsReach } from '../../../deliveries/channels/sms/loadSmsReach.ts';
import { countMessages } from '../../../deliveries/countMessages.ts';
import { recordChange } from '../../../meetings/history.ts';
import { idempotencyOf } from '../../../meetings/idempotency.ts';
import type { Meeting } from '../../../meetings/meeting.ts';
import { type NewMeetingInput, newMeetingInput } from '../../../meetings/meetingInput.ts';
import type { Idempotency } from '../../../meetings/meetingStore.ts';
import { hashPassword, saltLength } from '../../../meetings/password/passwordHash.ts';
import { addressesIn, userIdsOf } from '../../../meetings/people.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import { type NamedOrganizer, scheduleMeeting } from '../../../meetings/scheduleMeeting.ts';
import { withPlannedNumbers } from '../../../meetings/smsReach.ts';
import { withZoneOfStart } from '../../../meetings/times/localTime.ts';
import { randomId, randomPin } from '../../../runtime/ids.ts';
import { parseInput } from '../../../runtime/input.ts';
import { invalidInput, Refusal } from '../../../runtime/refusal.ts';
import { settings } from '../../../runtime/settings.ts';
import { type Caller, requireCapability } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { showMeeting, showNewMeeting } from './showMeeting.ts';

/** `POST /meetings`: schedules a meeting; invitations and the reminder follow from its row. */
export const handler = userDoor(async ({ request, caller, now }) => {
  requireCapability(caller, 'meetings');
  const input = parseInput(newMeetingInput, withZoneOfStart(request.json()));
  const idempotency = await idempotencyOf(request, caller.id);
  const before = await meetingOfEarlierCall(idempotency, now);
  const meeting = before ?? (await scheduleFromInput(input, caller, idempotency, now));
  return {
    status: 201,
    headers: { location: `/meetings/${meeting.id}`, etag: entityTag(meeting) },
    body: before ? await showMeeting(before, { viewer: 'organizer' }, now) : await showNewMeeting(meeting, now),
  };
});

/** Of 900 million codes; a million living meetings take one in 900 of them. */
const pinAttempts = 5;

/** The meeting that the same call made before, as it is now. */
async function meetingOfEarlierCall(idempotency: Idempotency | undefined, now: Date): Promise<Meeting | undefined> {
  const call = idempotency && (await stores.meetings().earlierCall(idempotency, now));
  if (!call) return undefined;
  if (call.bodyHash !== idempotency.bodyHash) throw keyReused();
  return stores.meetings().get(call.meetingId);
}

function keyReused(): Refusal {
  return new Refusal(
    'unprocessable',
    'idempotency-key-reused',
    'This Idempotency-Key was sent before with another body.',
  );
}

async function scheduleFromInput(
  input: NewMeetingInput,
  caller: Caller,
  idempotency: Idempotency | undefined,
  now: Date,
): Promise<Meeting> {
  const organizer = await organizerOf(input, caller);
  const { timeZone, languages, pstnExtension, mailIdentity } = settings();
  const smsReach = await loadSmsReach(settings(), input.participants);
  const people = withPlannedNumbers(input.participants, smsReach);
  const [named, passwordHash] = await Promise.all([
    stores.users().whoIs(userIdsOf(people), addressesIn(people)),
    input.password === undefined ? undefined : hashPassword(input.password, randomId(saltLength)),
  ]);
  const password = { passwordHash, passwordPlace: settings() };
  const place = { timeZone, languages, serviceAddress: mailIdentity?.address };
  const circumstances = { organizer, ...place, smsReach, ...named, ...password, now, newId: randomId };
  const made = { ...scheduleMeeting(input, circumstances), linkName: await linkNameOf(organizer) };
  const scheduled = recordChange(undefined, made, caller.id);
  const counts = await countMessages(undefined, scheduled, { settings: settings(), users: stores.users(), now });
  for (let attempt = 1; attempt <= pinAttempts; attempt += 1) {
    const meeting = pstnExtension === undefined ? scheduled : { ...scheduled, pin: randomPin() };
    const created = await stores.meetings().create(meeting, idempotency, counts);
    if (created === 'created') return meeting;
    if (created === 'key-used') return fasterCall(idempotency, now);
  }
  throw new Error('No dial-in code was found that is free');
}

/** What the organizer's links end in, where they are their own. */
async function linkNameOf({ id }: NamedOrganizer): Promise<string | undefined> {
  if (settings().linkFormat === 'unique') return undefined;
  const user = await stores.users().find(id);
  return user?.alias ?? user?.username;
}

async function fasterCall(idempotency: Idempotency | undefined, now: Date): Promise<Meeting> {
  const faster = await meetingOfEarlierCall(idempotency, now);
  if (faster) return faster;
  throw new Refusal('conflict', 'call-in-progress', 'The same call is being answered; try it again.');
}

/** The caller, or whom an admin names: machines that schedule for people have no address of their own. */
async function organizerOf({ organizerId }: NewMeetingInput, caller: Caller): Promise<NamedOrganizer> {
  if (organizerId === undefined || organizerId === caller.id) return caller;
  if (!caller.admin) throw new Refusal('forbidden', 'admin-needed', 'Only an admin may name another organizer.');
  const user = await stores.users().find(organizerId);
  if (!user || user.deleted) throw invalidInput([{ path: '/organizerId', message: 'must be the id of a known user' }]);
  return { id: user.id, username: user.username, email: user.email, phone: user.mobilePhone };
}
