import type { Meeting, Participant } from '../../meetings/meeting.ts';
import type { Directory } from '../../users/directoryStore.ts';
import type { User } from '../../users/user.ts';
import { userNames } from '../../users/userNames.ts';
import type { KnownAddressChannel } from '../channels/channels.ts';
import { type Delivery, organizerParticipantId, partsOfDelivery } from '../delivery.ts';
import type { Job } from '../job.ts';
import { isUndelivered, type Word } from './word.ts';

/** The letter waits for what comes back of the other mails of the same meeting: it names all of them, once. */
export const gatheringSeconds = 600;

/** Those who take part in a meeting, and whose last mail of which anything is known has not come to them. */
export function unreachablePeople({ participants }: Meeting, deliveries: readonly Delivery[]): Participant[] {
  const last = new Map<string, Word>();
  for (const { sk, word } of deliveries) {
    const { participantId } = partsOfDelivery({ sk });
    const other = last.get(participantId);
    if (word && (!other || other.at < word.at)) last.set(participantId, word);
  }
  return participants.filter(({ id }) => {
    const word = last.get(id);
    return word && isUndelivered(word);
  });
}

/** What the organizer calls them: by their name, else by the address that they were invited by. */
export async function namesOf(
  people: readonly Participant[],
  users: Pick<Directory, 'findReadable'>,
): Promise<string[]> {
  const unnamed = people.flatMap(({ name, email, userId }) => ((name ?? email) === undefined ? (userId ?? []) : []));
  const names = await userNames(unnamed, users);
  return people.map(({ id, name, email, userId }) => name ?? email ?? names.get(userId ?? '') ?? id);
}

/** What tells a meeting's organizer, once, who cannot be reached. */
export function unreachableJobs(
  meeting: Meeting,
  { channels, organizer }: { readonly channels: readonly KnownAddressChannel[]; readonly organizer: User },
): Job[] {
  const addresses = { email: organizer.email, phone: organizer.mobilePhone };
  return channels
    .filter((channel) => channel.addressOf(addresses) !== undefined)
    .map(({ name: channel }) => ({
      kind: 'unreachable',
      meetingId: meeting.id,
      participantId: organizerParticipantId,
      channel,
      waitSeconds: gatheringSeconds,
    }));
}
