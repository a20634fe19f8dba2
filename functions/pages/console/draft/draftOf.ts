import type { Meeting } from '../api/replies.ts';
import { wallTimeIn } from '../times/zones.ts';
import type { Draft } from './draft.ts';

/** A draft of a meeting that is there. @param viewerZone where it is looked at */
export function draftOf(meeting: Meeting, viewerZone: string): Draft {
  const { validSince, validUntil, timeZone: zone, participants } = meeting;
  const [start, end] = [Date.parse(validSince), Date.parse(validUntil)];
  const endWall = wallTimeIn(zone, end);
  const minutes = (end - start) / 60_000;
  return {
    name: meeting.name,
    people: participants
      .filter((person) => !isInvitedAsUser(person))
      .map(writtenPerson)
      .filter((line) => line !== '')
      .join('\n'),
    users: participants.filter(isInvitedAsUser).map(({ userId, name, email, phone, role }) => ({
      userId,
      name: name ?? email ?? phone ?? userId,
      isCohost: role === 'cohost',
    })),
    ...wallTimeIn(zone, start),
    minutes: Number.isInteger(minutes) && minutes <= 1_440 ? minutes : undefined,
    endDate: endWall.date,
    endTime: endWall.time,
    zone,
    places: viewerZone === zone ? [] : [viewerZone],
    description: meeting.description ?? '',
    language: meeting.language ?? '',
    lobby: meeting.lobby,
    password: '',
    showAnswers: meeting.showAnswers,
    sendInvitations: meeting.sendInvitations,
    cohostsManage: meeting.cohostsManage,
  };
}

/** Whoever is co-host, or has no address of their own in the meeting: what can be pasted does not say who they are. */
function isInvitedAsUser(
  person: Meeting['participants'][number],
): person is Meeting['participants'][number] & { readonly userId: string } {
  const { userId, email, phone, role } = person;
  return userId !== undefined && (role === 'cohost' || (email === undefined && phone === undefined));
}

/** As it can be pasted again. */
function writtenPerson({ name, email, phone }: Meeting['participants'][number]): string {
  const address = email === undefined ? phone : name === undefined ? email : `<${email}>`;
  return [name, address, email === undefined ? undefined : phone].filter((part) => part !== undefined).join(' ');
}
