import type { Caller } from '../users/caller.ts';
import { type LinkPlace, linkOf } from './link.ts';
import { isOver, type Meeting, type Participant } from './meeting.ts';

export type Viewer = 'organizer' | 'participant';

/** As whom a caller sees a meeting; undefined where it does not exist for him. */
export function viewerOf(meeting: Meeting, caller: Caller): Viewer | undefined {
  if (caller.admin || meeting.organizerId === caller.id) return 'organizer';
  return meeting.participants.some((participant) => isCaller(participant, caller)) ? 'participant' : undefined;
}

/** Whether an entry means this caller; only addresses that his issuer verified count. */
function isCaller(participant: Participant, caller: Caller): boolean {
  if (participant.userId !== undefined) return participant.userId === caller.id;
  const sameEmail = caller.email !== undefined && participant.email?.toLowerCase() === caller.email.toLowerCase();
  return sameEmail || (caller.phone !== undefined && participant.phone === caller.phone);
}

/** A meeting as the API shows it; a participant does not see the others' addresses. */
export function presentMeeting(meeting: Meeting, viewer: Viewer, place: LinkPlace, now: Date) {
  return {
    id: meeting.id,
    name: meeting.name,
    description: meeting.description,
    language: meeting.language,
    timeZone: meeting.timeZone,
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    status: meeting.status === 'scheduled' && isOver(meeting, now) ? 'ended' : meeting.status,
    url: linkOf(meeting, place),
    organizerId: meeting.organizerId,
    participants: meeting.participants.map((participant) => presentParticipant(participant, viewer)),
    sendInvitations: meeting.sendInvitations,
    version: meeting.version,
    created: meeting.created.toISOString(),
    updated: meeting.updated.toISOString(),
  };
}

function presentParticipant({ id, name, userId, email, phone, language }: Participant, viewer: Viewer) {
  return viewer === 'organizer' ? { id, name, userId, email, phone, language } : { id, name };
}

/** The entity tag of a meeting's version (RFC 9110, section 8.8.3). */
export function entityTag(meeting: Meeting): string {
  return `"${meeting.version}"`;
}
