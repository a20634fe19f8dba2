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
      .map(writtenPerson)
      .filter((line) => line !== '')
      .join('\n'),
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
  };
}

/** As it can be pasted again. */
function writtenPerson({ name, email, phone }: Meeting['participants'][number]): string {
  const address = email === undefined ? phone : name === undefined ? email : `<${email}>`;
  return [name, address, email === undefined ? undefined : phone].filter((part) => part !== undefined).join(' ');
}
