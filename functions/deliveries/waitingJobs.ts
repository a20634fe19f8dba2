import { isOver, type Meeting } from '../meetings/meeting.ts';
import type { User } from '../users/user.ts';
import type { KnownChannel } from './channels/channels.ts';
import { organizerParticipantId } from './delivery.ts';
import type { Job } from './job.ts';

export interface WaitingFacts {
  /** The start that somebody came for. */
  readonly start: Date;
  /** What organizers are told by (`availableWaitingChannels`). */
  readonly channels: readonly KnownChannel[];
  /** Undefined where they have been deleted. */
  readonly organizer: User | undefined;
  /** The ids of their devices that can be pushed to. */
  readonly devices: readonly string[];
  readonly now: Date;
}

/** What tells a meeting's organizer that somebody waits and no host is there: to each of their devices, else by mail. */
export function waitingJobs(meeting: Meeting, { start, channels, organizer, devices, now }: WaitingFacts): Job[] {
  const isItsStart = start.getTime() === meeting.validSince.getTime();
  if (!organizer || !isItsStart || isOver(meeting, now)) return [];
  const common = {
    meetingId: meeting.id,
    participantId: organizerParticipantId,
    kind: 'waiting' as const,
    start: start.toISOString(),
  };
  const pushed = channels.flatMap((channel): Job[] =>
    channel.reaches === 'devices'
      ? devices.map((deviceId) => ({ ...common, channel: channel.name, device: { userId: organizer.id, deviceId } }))
      : [],
  );
  if (pushed.length > 0) return pushed;
  const addresses = { email: organizer.email, phone: organizer.mobilePhone };
  return channels.flatMap((channel): Job[] =>
    channel.reaches === 'address' && channel.addressOf(addresses) !== undefined
      ? [{ ...common, channel: channel.name }]
      : [],
  );
}
