import type { Addresses } from '../meetings/attendees.ts';
import { isOver, type Meeting, type Participant } from '../meetings/meeting.ts';
import { type Channel, type Delivery, deliveryPrefix, isFinished, type Job } from './delivery.ts';

/** What was done of a meeting so far, by person and channel. */
export interface History {
  /** Whether this very delivery has come to its end. */
  finished(job: Job): boolean;
  /** Whether something may have reached a person by a channel before: sent, or being sent. */
  reached(participantId: string, channel: Channel): boolean;
}

/** Reads the deliveries of one meeting. */
export function historyOf(deliveries: readonly Delivery[]): History {
  const finished = new Set<string>();
  const reached = new Set<string>();
  for (const delivery of deliveries) {
    const [occasion = '', channel = '', person = ''] = delivery.sk.slice(deliveryPrefix.length).split('#');
    if (isFinished(delivery)) finished.add(`${occasion} ${channel} ${person}`);
    const mayHaveArrived = delivery.state !== 'failed' && delivery.state !== 'superseded';
    if (mayHaveArrived && !occasion.startsWith('R')) reached.add(`${channel} ${person}`);
  }
  return {
    finished: ({ occasion, channel, participantId }) => finished.has(`${occasion} ${channel} ${participantId}`),
    reached: (participantId, channel) => reached.has(`${channel} ${participantId}`),
  };
}

interface Facts {
  /** The operator's `inviteMechanisms`, less those that are not available. */
  readonly mechanisms: readonly ('email' | 'sms')[];
  readonly addressesOf: (person: Participant) => Addresses;
  readonly history: History;
  readonly now: Date;
}

/**
 * What a meeting owes: for whoever has no finished delivery for the last version that concerns him,
 * one job for each channel by which he can be reached. Nobody gets a cancellation of what he was
 * never sent; the organizer is not invited to his own meeting.
 */
export function owedJobs(meeting: Meeting, facts: Facts): Job[] {
  if (!meeting.sendInvitations || meeting.validUntil <= facts.now) return [];
  const cancelled = isOver(meeting, facts.now);
  const joined = meeting.participants.flatMap((person) => jobsFor(meeting, person, cancelled, facts));
  const left = meeting.removed.flatMap((person) => jobsFor(meeting, person, true, facts));
  return [...joined, ...left];
}

function jobsFor(meeting: Meeting, person: Participant, onlyIfReached: boolean, facts: Facts): Job[] {
  if (person.userId === meeting.organizerId) return [];
  const addresses = facts.addressesOf(person);
  const reachable = { email: addresses.email !== undefined, sms: addresses.phone !== undefined };
  return facts.mechanisms.flatMap((channel) => {
    const reached = facts.history.reached(person.id, channel);
    const job: Job = {
      meetingId: meeting.id,
      participantId: person.id,
      channel,
      occasion: String(person.told),
      reached,
    };
    const owed = reachable[channel] && (reached || !onlyIfReached) && !facts.history.finished(job);
    return owed ? [job] : [];
  });
}
