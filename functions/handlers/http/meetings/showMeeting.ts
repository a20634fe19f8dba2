import type { Meeting, Participant } from '../../../meetings/meeting.ts';
import { presentMeeting, presentParticipant, type View } from '../../../meetings/presentMeeting.ts';
import { settings } from '../../../runtime/settings.ts';
import { nameOf } from '../../../users/user.ts';
import * as stores from '../../stores.ts';

/** A meeting as the API shows it to somebody, with what was answered and what its people are called. */
export async function showMeeting(meeting: Meeting, seen: Pick<View, 'viewer' | 'own'>, now: Date) {
  const [answers, names] = await Promise.all([stores.answers().ofMeeting(meeting.id), namesIn(meeting)]);
  return presentMeeting(meeting, { ...seen, answers, names }, settings(), now);
}

/** The same of a meeting that was made just now: nobody has answered. */
export async function showNewMeeting(meeting: Meeting, now: Date) {
  const view = { viewer: 'organizer', answers: new Map(), names: await namesIn(meeting) } as const;
  return presentMeeting(meeting, view, settings(), now);
}

/** One participant as its organizer sees them in it. */
export async function showParticipant(meeting: Meeting, person: Participant) {
  const [answer, names] = await Promise.all([
    stores.answers().find(meeting.id, person.id),
    namesIn({ ...meeting, participants: [person] }),
  ]);
  const answers = new Map(answer ? [[person.id, answer]] : []);
  return presentParticipant(person, meeting, { viewer: 'organizer', answers, names });
}

/** Whoever the meeting names itself is not looked up. */
async function namesIn({ organizerId, participants }: Meeting): Promise<ReadonlyMap<string, string>> {
  const unnamed = participants.flatMap(({ name, userId }) =>
    name === undefined && userId !== undefined ? userId : [],
  );
  const [organizer, names] = await Promise.all([
    stores.users().findReadable(organizerId),
    stores.users().namesOf(unnamed),
  ]);
  return organizer && !organizer.deleted ? new Map([...names, [organizerId, nameOf(organizer)]]) : names;
}
