import { Refusal } from '../runtime/refusal.ts';
import { type Meeting, requireOpen } from './meeting.ts';

const pauseMilliseconds = 10 * 60_000;

/**
 * The meeting with everybody invited to it again, as if for the first time, and its organizer told so.
 *
 * @throws Refusal `meeting-cancelled`, `meeting-ended`, `invitations-silenced`, `resend-too-soon`
 */
export function inviteAgain(meeting: Meeting, now: Date): Meeting {
  requireOpen(meeting, now);
  if (!meeting.sendInvitations) {
    throw new Refusal('conflict', 'invitations-silenced', 'This meeting has sendInvitations false: it invites nobody.');
  }
  const wait = meeting.invitedAgain ? meeting.invitedAgain.getTime() + pauseMilliseconds - now.getTime() : 0;
  if (wait > 0) {
    throw new Refusal('limited', 'resend-too-soon', 'All were invited again less than 10 minutes ago.', {
      retryAfterSeconds: Math.ceil(wait / 1_000),
    });
  }
  const sequence = meeting.sequence + 1;
  const participants = meeting.participants.map((person) => ({ ...person, told: sequence, invited: sequence }));
  const organizerEntry = { ...meeting.organizerEntry, told: sequence, invited: sequence };
  return {
    ...meeting,
    participants,
    organizerEntry,
    invitedAgain: now,
    revision: meeting.revision + 1,
    sequence,
    updated: now,
  };
}
