import { loadSmsReach } from '../../../deliveries/channels/sms/loadSmsReach.ts';
import { countMessages } from '../../../deliveries/countMessages.ts';
import { changeMeeting } from '../../../meetings/changeMeeting.ts';
import type { Meeting } from '../../../meetings/meeting.ts';
import type { PatchCircumstances } from '../../../meetings/patchMeeting.ts';
import { addressesIn, type Identified, userIdsOf } from '../../../meetings/people.ts';
import type { Organizer } from '../../../meetings/scheduleMeeting.ts';
import { withPlannedNumbers } from '../../../meetings/smsReach.ts';
import type { HttpRequest } from '../../../runtime/http.ts';
import { randomId } from '../../../runtime/ids.ts';
import { settings } from '../../../runtime/settings.ts';
import type { Caller } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';

interface PeopleChange {
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly now: Date;
  /** Whom the change names, beside those who take part. */
  readonly people: readonly Identified[];
}

/**
 * Carries out a change of a meeting that may concern its people: on the meeting as it is, with what is known of each of
 * them, and counted as the messages that it sends.
 *
 * @throws Refusal what `changeMeeting` throws, and `change`
 */
export function changePeople(
  { request, caller, now, people: named }: PeopleChange,
  change: (meeting: Meeting, circumstances: PatchCircumstances) => Meeting | Promise<Meeting>,
): Promise<Meeting> {
  const { timeZone, languages } = settings();
  const changed = async (current: Meeting) => {
    const smsReach = await loadSmsReach(settings(), [...named, ...current.participants]);
    const people = [...withPlannedNumbers(named, smsReach, current.participants), ...current.participants];
    const [organizer, known] = await Promise.all([
      organizerOf(current, caller),
      stores.users().whoIs(userIdsOf(people), addressesIn(people)),
    ]);
    return change(current, { organizer, timeZone, languages, smsReach, ...known, now, newId: randomId });
  };
  return changeMeeting(request, caller, stores.meetings(), changed, (...both) =>
    countMessages(...both, { settings: settings(), users: stores.users(), now }),
  );
}

/** Whom the meeting's own participants must not take for one of them. */
async function organizerOf({ organizerId }: Meeting, caller: Caller): Promise<Organizer> {
  if (organizerId === caller.id) return caller;
  const user = await stores.users().find(organizerId);
  return { id: organizerId, email: user?.email, phone: user?.mobilePhone };
}
