import type { KnownChannel } from '../deliveries/channels/channels.ts';
import { type Delivery, deliveryKey, organizerParticipantId } from '../deliveries/delivery.ts';
import type { Job } from '../deliveries/job.ts';
import type { Addresses, Attendees } from '../meetings/attendees.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import { addressIdentity } from '../users/addressIdentity.ts';
import type { User } from '../users/user.ts';

export interface ReminderFacts {
  /** What people are reminded by (`availableRemindChannels`). */
  readonly channels: readonly KnownChannel[];
  /** Undefined where they have been deleted. */
  readonly organizer: User | undefined;
  readonly attendees: Attendees;
  /** Where a participant is reached, who may be a user. */
  readonly addressesOf: (person: Participant, user: User | undefined) => Addresses;
  /** The ids of the devices that can be pushed to, by user id. */
  readonly devices: ReadonlyMap<string, readonly string[]>;
  /** What became of the meeting's deliveries, by their sort keys. */
  readonly states: ReadonlyMap<string, Delivery['state']>;
  /** The participants whom a letter tells at about the same time. */
  readonly toldLately: ReadonlySet<string>;
}

/** Somebody to be reminded: as whom a job names them, the user that they are, and where they are reached. */
interface Reminded {
  readonly participantId: string;
  readonly userId: string | undefined;
  readonly addresses: Addresses;
}

/**
 * The reminders that a meeting owes: one to each device of its organizer and of each participant
 * who is a user, and one to each address of those who have no device; none to whom a letter tells just now. No device, no address and no
 * number hears of it twice. What was given up when the start was moved is owed once it is moved back.
 */
export function owedReminders(meeting: Meeting, facts: ReminderFacts): Job[] {
  const jobs = new Map<string, Job>();
  for (const person of remindedPeople(meeting, facts)) {
    for (const [place, job] of [...toDevices(meeting, person, facts), ...toAddresses(meeting, person, facts)]) {
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
  const others = people.filter(
    ({ participantId, userId }) => userId !== organizerId && !facts.toldLately.has(participantId),
  );
  if (!organizer) return others;
  const { id: userId, email, mobilePhone: phone } = organizer;
  return [{ participantId: organizerParticipantId, userId, addresses: { email, phone } }, ...others];
}

/** Jobs by the place that they reach. */
type Places = (readonly [place: string, job: Job])[];

function toDevices(meeting: Meeting, { participantId, userId }: Reminded, facts: ReminderFacts): Places {
  return facts.channels.flatMap((channel): Places => {
    if (channel.reaches !== 'devices' || userId === undefined) return [];
    return (facts.devices.get(userId) ?? []).map((deviceId) => [
      `${userId} ${deviceId}`,
      { ...reminderOf(meeting, participantId), channel: channel.name, device: { userId, deviceId } },
    ]);
  });
}

function toAddresses(meeting: Meeting, { participantId, userId, addresses }: Reminded, facts: ReminderFacts): Places {
  if (userId !== undefined && reachesDevices(facts) && facts.devices.get(userId)?.length) return [];
  return facts.channels.flatMap((channel): Places => {
    if (channel.reaches !== 'address') return [];
    const address = channel.addressOf(addresses);
    return address === undefined
      ? []
      : [[addressIdentity(address), { ...reminderOf(meeting, participantId), channel: channel.name }]];
  });
}

/** Whether anybody is reminded on their devices. */
export function reachesDevices({ channels }: Pick<ReminderFacts, 'channels'>): boolean {
  return channels.some(({ reaches }) => reaches === 'devices');
}

function reminderOf(meeting: Meeting, participantId: string) {
  return { meetingId: meeting.id, participantId, kind: 'reminder' as const, start: meeting.validSince.toISOString() };
}
