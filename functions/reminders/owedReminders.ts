import { type Delivery, deliveryKey, type Job, organizerParticipantId } from '../deliveries/delivery.ts';
import { reminderOccasion } from '../deliveries/occasion.ts';
import type { Addresses, Attendees } from '../meetings/attendees.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import type { User } from '../users/user.ts';

export type RemindMechanism = 'push' | 'email' | 'sms';

export interface ReminderFacts {
  /** The operator's `remindMechanisms`, less those that are not available. */
  readonly mechanisms: readonly RemindMechanism[];
  /** Undefined where they have been deleted. */
  readonly organizer: User | undefined;
  readonly attendees: Attendees;
  /** Where a participant is reached, who may be a user. */
  readonly addressesOf: (person: Participant, user: User | undefined) => Addresses;
  /** The ids of the devices that can be pushed to, by user id. */
  readonly devices: ReadonlyMap<string, readonly string[]>;
  /** What became of the meeting's deliveries, by their sort keys. */
  readonly states: ReadonlyMap<string, Delivery['state']>;
}

/** Somebody to be reminded: as whom a job names them, the user that they are, and where they are reached. */
interface Reminded {
  readonly participantId: string;
  readonly userId: string | undefined;
  readonly addresses: Addresses;
}

/**
 * The reminders that a meeting owes: a push to each device of its organizer and of each participant
 * who is a user, and a mail or an SMS to those who have no device. No device, no address and no
 * number hears of it twice. What was given up when the start was moved is owed once it is moved back.
 */
export function owedReminders(meeting: Meeting, facts: ReminderFacts): Job[] {
  const jobs = new Map<string, Job>();
  for (const person of remindedPeople(meeting, facts)) {
    for (const [place, job] of [...pushes(meeting, person, facts), ...letters(meeting, person, facts)]) {
      if (!jobs.has(place)) jobs.set(place, job);
    }
  }
  return [...jobs.values()].flatMap((job) => {
    const state = facts.states.get(deliveryKey(job).sk);
    if (state === 'sent' || state === 'failed') return [];
    return [state === 'superseded' ? { ...job, renewed: true } : job];
  });
}

/** The users whose devices count: each once. */
export function remindedUsers({ participants }: Meeting, organizer: User | undefined, attendees: Attendees): string[] {
  const users = participants.flatMap(({ id }) => attendees.get(id)?.id ?? []);
  return [...new Set([...(organizer ? [organizer.id] : []), ...users])];
}

/** The organizer is no participant of their own meeting, whatever they are named by. */
function remindedPeople({ organizerId, participants }: Meeting, facts: ReminderFacts): Reminded[] {
  const { organizer, attendees, addressesOf } = facts;
  const people = participants.map((person): Reminded => {
    const user = attendees.get(person.id);
    return { participantId: person.id, userId: user?.id, addresses: addressesOf(person, user) };
  });
  const others = people.filter(({ userId }) => userId !== organizerId);
  if (!organizer) return others;
  const { id: userId, email, mobilePhone: phone } = organizer;
  return [{ participantId: organizerParticipantId, userId, addresses: { email, phone } }, ...others];
}

/** Jobs by the place that they reach. */
type Places = (readonly [place: string, job: Job])[];

function pushes(meeting: Meeting, { participantId, userId }: Reminded, facts: ReminderFacts): Places {
  if (userId === undefined) return [];
  return devicesOf(userId, facts).map((deviceId) => [
    `${userId} ${deviceId}`,
    { ...jobFor(meeting, participantId, 'push'), device: { userId, deviceId } },
  ]);
}

function letters(meeting: Meeting, { participantId, userId, addresses }: Reminded, facts: ReminderFacts): Places {
  if (userId !== undefined && devicesOf(userId, facts).length > 0) return [];
  const places = { email: addresses.email?.toLowerCase(), sms: addresses.phone, push: undefined };
  return facts.mechanisms.flatMap((channel): Places => {
    const place = places[channel];
    return place === undefined ? [] : [[place, jobFor(meeting, participantId, channel)]];
  });
}

function devicesOf(userId: string, { mechanisms, devices }: ReminderFacts): readonly string[] {
  return mechanisms.includes('push') ? (devices.get(userId) ?? []) : [];
}

function jobFor(meeting: Meeting, participantId: string, channel: RemindMechanism): Job {
  return { meetingId: meeting.id, participantId, channel, occasion: reminderOccasion(meeting), reached: false };
}
