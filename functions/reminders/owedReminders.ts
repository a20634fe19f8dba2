import type { KnownChannel } from '../deliveries/channels/channels.ts';
import { type Delivery, deliveryKey, organizerParticipantId } from '../deliveries/delivery.ts';
import type { Job } from '../deliveries/job.ts';
import type { Addresses, Attendees } from '../meetings/attendees.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import { addressIdentity } from '../users/addressIdentity.ts';
import type { User } from '../users/user.ts';

export interface ReminderFacts {
  /** Whom to remind, of `remindedIds`; nobody of them is sent what another before them is. */
  readonly part: ReadonlySet<string>;
  /** What people are reminded by (`availableRemindChannels`). */
  readonly channels: readonly KnownChannel[];
  /** Undefined where they have been deleted. */
  readonly organizer: User | undefined;
  readonly attendees: Attendees;
  /** Where a participant is reached, who may be a user. */
  readonly addressesOf: (person: Participant, user: User | undefined) => Addresses;
  /** The ids of the devices that can be pushed to, by user id, of `usersWithDevices`. */
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

/** Who is reminded of a meeting, in order: as whom jobs name its organizer and each participant. */
export function remindedIds({ participants }: Meeting): string[] {
  return [organizerParticipantId, ...participants.map(({ id }) => id)];
}

/**
 * The reminders that a meeting owes a part of its people: one to each device of its organizer and of each participant
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
  const wanted = [...jobs.values()].filter(({ participantId }) => facts.part.has(participantId));
  return wanted.flatMap((job) => {
    const state = facts.states.get(deliveryKey(job).sk);
    if (state === 'sent' || state === 'failed') return [];
    return [state === 'superseded' ? { ...job, renewed: true } : job];
  });
}

/**
 * The users whose devices count, each once: those of the part, and those with an address of theirs, who may be
 * reminded there if they have no device.
 */
export function usersWithDevices(meeting: Meeting, facts: Omit<ReminderFacts, 'devices'>): string[] {
  const people = remindedPeople(meeting, facts);
  const ownPlaces = new Set(
    people.flatMap((person) => (facts.part.has(person.participantId) ? addressPlaces(person) : [])),
  );
  const counting = people.filter(
    (person) => facts.part.has(person.participantId) || addressPlaces(person).some((place) => ownPlaces.has(place)),
  );
  return [...new Set(counting.flatMap(({ userId }) => userId ?? []))];
}

function addressPlaces({ addresses: { email, phone } }: Reminded): string[] {
  return [email, phone].flatMap((address) => (address === undefined ? [] : [addressIdentity(address)]));
}

/** The organizer is no participant of their own meeting, whatever they are named by. */
function remindedPeople({ organizerId, participants }: Meeting, facts: Omit<ReminderFacts, 'devices'>): Reminded[] {
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
