import type { Addresses } from '../meetings/attendees.ts';
import { isOver, type Meeting, type Participant } from '../meetings/meeting.ts';
import { epochSeconds } from '../runtime/row.ts';
import type { KnownAddressChannel } from './channels/channels.ts';
import {
  addressHash,
  type Delivery,
  deliveryKey,
  isFinished,
  mayHaveArrived,
  organizerAddressHash,
  organizerAsPerson,
  organizerParticipantId,
  partsOfDelivery,
} from './delivery.ts';
import type { InvitationJob } from './job.ts';

/** What was done of a meeting so far. */
export interface History {
  /** What became of this very delivery; undefined where it has no row. */
  stateOf(job: InvitationJob): Delivery['state'] | undefined;
  /** Whether an invitation, or what followed it, may have reached an address before: sent, or being sent. */
  reached(to: string): boolean;
  /** The deliveries by which alone an address may have been reached, where none of them is finished. */
  reachedBy?(to: string): readonly string[] | undefined;
  /** Until when something may be leaving for an address, in epoch seconds; absent where that does not matter. */
  busyUntil?(to: string): number;
}

/** Reads the deliveries of one meeting. */
export function historyOf(deliveries: readonly Delivery[]): History {
  const states = new Map<string, Delivery['state']>();
  const reached = new Set<string>();
  const open = new Map<string, string[]>();
  const leases = new Map<string, number>();
  for (const delivery of deliveries) {
    const { occasion, channel, participantId } = partsOfDelivery(delivery);
    if (occasion.kind !== 'invitation') continue;
    states.set(`${occasion.sequence} ${channel} ${participantId}`, delivery.state);
    const { to } = delivery;
    if (to === undefined) continue;
    if (mayHaveArrived(delivery)) {
      if (isFinished(delivery)) reached.add(to);
      else open.set(to, [...(open.get(to) ?? []), delivery.sk]);
    }
    if (!isFinished(delivery)) leases.set(to, Math.max(delivery.leaseUntil, leases.get(to) ?? 0));
  }
  return {
    stateOf: ({ sequence, channel, participantId }) => states.get(`${sequence} ${channel} ${participantId}`),
    reached: (to) => reached.has(to) || open.has(to),
    reachedBy: (to) => (reached.has(to) ? undefined : open.get(to)),
    busyUntil: (to) => leases.get(to) ?? 0,
  };
}

export interface PlanFacts {
  /** What people are invited by (`availableInviteChannels`). */
  readonly channels: readonly KnownAddressChannel[];
  /** Where a person is to be reached: nowhere, if they are the organizer. */
  readonly addressesOf: (person: Participant) => Addresses;
  /** Where the organizer is told of their own meeting; absent where they are not. */
  readonly organizer?: Addresses | undefined;
  readonly history: History;
  readonly now: Date;
}

/**
 * What a meeting owes: for whoever was not sent the last `sequence` that concerns them, one job
 * for each channel by which they can be reached. Nobody gets a cancellation of what they were never sent; the
 * organizer is told of their own meeting first, by a letter of its own, and is not invited to it. What was given up while
 * the meeting was silent is owed once it speaks again.
 *
 * Who may be reached at this moment is told after that: a calendar that gets a cancellation first would
 * keep the event. An address hears of a meeting as that of one person: of two who turn out to share it, of whoever
 * takes part before whoever was taken off, and of the one who was taken off last.
 */
export function owedJobs(meeting: Meeting, facts: PlanFacts): InvitationJob[] {
  if (!meeting.sendInvitations || meeting.validUntil <= facts.now) return [];
  const cancelled = isOver(meeting, facts.now);
  const taken = new Set<string>();
  const own = organizerJobs(meeting, { onlyIfReached: cancelled }, facts, taken);
  const joined = meeting.participants.flatMap((person) =>
    jobsFor(meeting, person, { onlyIfReached: cancelled }, facts, taken),
  );
  const left = removedOf(meeting).flatMap((person) => jobsFor(meeting, person, { onlyIfReached: true }, facts, taken));
  return [...own, ...joined, ...left];
}

/** Everybody for whom a meeting may owe something, in the order of its jobs. */
export function peopleOf(meeting: Meeting): Participant[] {
  return [organizerAsPerson(meeting), ...meeting.participants, ...removedOf(meeting)];
}

function removedOf({ removed }: Meeting): Participant[] {
  return [...removed].sort((one, other) => other.told - one.told);
}

function organizerJobs(
  meeting: Meeting,
  condition: { readonly onlyIfReached: boolean },
  { organizer, ...facts }: PlanFacts,
  taken: Set<string>,
): InvitationJob[] {
  if (!organizer || !meeting.organizerEntry) return [];
  const channels = facts.channels.filter(({ tellsOrganizer }) => tellsOrganizer);
  const own = { ...facts, channels, addressesOf: () => organizer };
  return jobsFor(meeting, organizerAsPerson(meeting), condition, own, taken);
}

function jobsFor(
  meeting: Meeting,
  person: Participant,
  { onlyIfReached }: { readonly onlyIfReached: boolean },
  { addressesOf, channels, history, now }: PlanFacts,
  taken: Set<string>,
): InvitationJob[] {
  const addresses = addressesOf(person);
  return channels.flatMap((channel): InvitationJob[] => {
    const address = channel.addressOf(addresses);
    if (address === undefined) return [];
    const to = hashFor(person, meeting.id, address);
    const reached = history.reached(to);
    if (taken.has(to) || (onlyIfReached && !reached)) return [];
    taken.add(to);
    const ids = { meetingId: meeting.id, participantId: person.id, channel: channel.name };
    const told = { ...ids, kind: 'invitation' as const, sequence: person.told, reached, to };
    const job: InvitationJob = { ...told, ...(onlyIfReached && channel.hasCalendar ? organizerOf(meeting) : {}) };
    const state = history.stateOf(job);
    if (state !== undefined && state !== 'superseded' && isFinished({ state })) return [];
    const waitSeconds = (history.busyUntil?.(to) ?? 0) - epochSeconds(now);
    const wait = waitSeconds > 0 ? { waitSeconds } : {};
    const others = history.reachedBy?.(to)?.filter((sk) => sk !== deliveryKey(job).sk);
    const doubt = others ? { reachedBy: others } : {};
    return [{ ...job, ...doubt, ...wait, ...(state === 'superseded' ? { renewed: true } : {}) }];
  });
}

function hashFor({ id }: Participant, meetingId: string, address: string): string {
  return id === organizerParticipantId ? organizerAddressHash(meetingId, address) : addressHash(meetingId, address);
}

/** Calendars take a cancellation from the organizer alone whom they know (RFC 5546, section 3.2.5). */
function organizerOf({ organizer }: Meeting): Pick<InvitationJob, 'organizer'> {
  return organizer ? { organizer: { username: organizer.username, email: organizer.email } } : {};
}
