import type { Meeting, Participant } from '../meetings/meeting.ts';
import { type Delivery, organizerParticipantId, partsOfDelivery } from './delivery.ts';
import type { InvitationJob } from './job.ts';
import type { Occasion } from './occasion.ts';
import type { Word } from './word/word.ts';

/** The last delivery of a kind, by a channel, to a person; `pending` is what is owed and was not begun. */
interface PresentedDelivery {
  readonly kind: Occasion['kind'];
  readonly channel: string;
  /** Of an invitation, or what followed it: the sequence of the meeting that it is about. */
  readonly sequence?: number;
  /** Of a reminder, and of what tells that somebody waits: the start that it is about. */
  readonly validSince?: string;
  /** Of a push. */
  readonly device?: string | undefined;
  readonly state: 'pending' | 'sending' | 'sent' | 'failed' | 'superseded' | 'unknown';
  /** Of what failed, or was put off; `unclear` where it was sent for all that is known. */
  readonly reason?: string | undefined;
  readonly attempts: number;
  readonly updated?: string;
  /** What SES has said of the mail since. */
  readonly provider?: ProvidersWord | undefined;
}

/** As `Word`, under the names that callers know. */
interface ProvidersWord extends Omit<Word, 'name'> {
  readonly word: Word['name'];
}

/**
 * What each person of a meeting was sent last, by kind and channel, and what they are owed: of its
 * participants, of those taken off lately, and of its organizer, who is reminded and told of who waits or is not reached.
 */
export function presentInvitations(meeting: Meeting, deliveries: readonly Delivery[], owed: readonly InvitationJob[]) {
  const latest = latestByPerson([
    ...deliveries.map((delivery) => ({ ...presentDelivery(delivery), to: partsOfDelivery(delivery).participantId })),
    ...owed.map((job) => ({ ...pendingDelivery(job), to: job.participantId })),
  ]);
  const presentPerson = ({ id, name, userId, email, phone }: Participant) => {
    return { id, name, userId, email, phone, deliveries: latest(id) };
  };
  return {
    revision: meeting.revision,
    sequence: meeting.sequence,
    participants: meeting.participants.map(presentPerson),
    removed: meeting.removed.map(presentPerson),
    organizer: { userId: meeting.organizerId, deliveries: latest(organizerParticipantId) },
  };
}

type Addressed = PresentedDelivery & { readonly to: string };

function latestByPerson(all: readonly Addressed[]): (participantId: string) => PresentedDelivery[] {
  const people = new Map<string, Map<string, PresentedDelivery>>();
  for (const { to, ...delivery } of all) {
    const slots = people.get(to) ?? new Map<string, PresentedDelivery>();
    const slot = [delivery.kind, delivery.channel, delivery.device].join(' ');
    const other = slots.get(slot);
    if (!other || supersedes(delivery, other)) slots.set(slot, delivery);
    people.set(to, slots);
  }
  return (participantId) => [...(people.get(participantId)?.values() ?? [])];
}

/** The later one of two; of two that are about the same, what is owed again takes the place of what was given up. */
function supersedes(one: PresentedDelivery, other: PresentedDelivery): boolean {
  if (occasionOf(one) !== occasionOf(other)) return occasionOf(one) > occasionOf(other);
  return one.state === 'pending' && other.state === 'superseded';
}

function occasionOf({ sequence, validSince }: PresentedDelivery): number {
  return sequence ?? (validSince === undefined ? 0 : Date.parse(validSince));
}

function presentDelivery(delivery: Delivery): PresentedDelivery {
  const { occasion, channel, device } = partsOfDelivery(delivery);
  const { state, reason, attempts, updated, word } = delivery;
  return {
    ...presentOccasion(occasion),
    channel,
    device,
    state: state === 'claimed' ? 'sending' : state,
    reason: state === 'superseded' ? undefined : reason,
    attempts,
    updated,
    provider: word && presentWord(word),
  };
}

function presentWord({ name: word, bounce, status, at }: Word): ProvidersWord {
  return { word, bounce, status, at };
}

function pendingDelivery({ kind, sequence, channel }: InvitationJob): PresentedDelivery {
  return { kind, sequence, channel, state: 'pending', attempts: 0 };
}

function presentOccasion(occasion: Occasion): Pick<PresentedDelivery, 'kind' | 'sequence' | 'validSince'> {
  return 'start' in occasion ? { kind: occasion.kind, validSince: occasion.start.toISOString() } : occasion;
}
