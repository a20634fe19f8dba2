import { isSameAddress } from '../users/addressIdentity.ts';
import type { Caller } from '../users/caller.ts';
import { type Answers, standingOf } from './answers/answer.ts';
import { countAnswers, presentAnswer } from './answers/presentAnswers.ts';
import { type DialPlace, dialInOf } from './dialIn.ts';
import { type LinkPlace, linkOf } from './links/link.ts';
import type { Listing, ListingRole } from './listings/listing.ts';
import {
  isCohost,
  isOver,
  isPasswordProtected,
  type ListedFields,
  type Meeting,
  type NamedPerson,
  type Participant,
} from './meeting.ts';

/** Whoever manages a meeting sees it as its organizer does; the others as participants do. */
export type Viewer = 'organizer' | 'participant';

/** Where the meetings of a deployment are entered. */
type Place = LinkPlace & DialPlace;

/** Whether a caller may do all of a meeting that its organizer may, whoever else manages it. */
export function isOwn({ organizerId }: Pick<Meeting, 'organizerId'>, { admin, id }: Caller): boolean {
  return admin || organizerId === id;
}

/** As whom a caller sees a meeting; undefined where it does not exist for them. */
export function viewerOf(meeting: Meeting, caller: Caller): Viewer | undefined {
  if (isOwn(meeting, caller)) return 'organizer';
  if (meeting.cohostsManage && isCohost(meeting, caller.id)) return 'organizer';
  return takesPart(meeting, caller) ? 'participant' : undefined;
}

/** Whether a caller takes part in a meeting, as its organizer or not. */
export function takesPart(meeting: Meeting, caller: Caller): boolean {
  return ownEntry(meeting, caller) !== undefined;
}

/** The participant that a caller is; undefined where they take no part. */
export function ownEntry(meeting: Meeting, person: VerifiedPerson): Participant | undefined {
  return meeting.participants.find((participant) => isPerson(participant, person));
}

/** Who somebody is to a meeting: a user where they are one, and the addresses that are known to be theirs. */
export type VerifiedPerson = Pick<Caller, 'email' | 'phone'> & { readonly id?: string | undefined };

/** Whether an entry means this person. */
export function isPerson(participant: NamedPerson, { id, email, phone }: VerifiedPerson): boolean {
  if (participant.userId !== undefined) return participant.userId === id;
  return isSameAddress(participant.email, email) || isSameAddress(participant.phone, phone);
}

/** To whom a meeting is shown, and what was answered. */
export interface View {
  readonly viewer: Viewer;
  /** The participant that they are; absent where they take no part. */
  readonly own?: Participant | undefined;
  readonly answers: Answers;
  /** What users are called who have a name, by id; the organizer too, who is called by their username where they have none. */
  readonly names: ReadonlyMap<string, string>;
}

/** A meeting as the API shows it; a participant does not see the others' addresses, and of answers how many there are. */
export function presentMeeting(meeting: Meeting, view: View, place: Place, now: Date) {
  const participants = meeting.participants.map((participant) => presentParticipant(participant, meeting, view));
  const facts = presentFacts({ ...meeting, isPasswordProtected: isPasswordProtected(meeting) }, place, now);
  const organizerName = view.names.get(meeting.organizerId);
  return { ...facts, organizerName, answers: countAnswers(meeting, view.answers), participants };
}

/** The organizer sees all of an answer, and so does whoever gave it; the others what it is, where the meeting shows that. */
function presentedAnswer(meeting: Meeting, { id }: Participant, { viewer, own, answers }: View) {
  const answer = answers.get(id);
  if (viewer === 'organizer' || own?.id === id) return presentAnswer(answer, meeting);
  return meeting.showAnswers ? { status: standingOf(answer, meeting) } : undefined;
}

/** A meeting in a list: who takes part is left to the meeting itself, of whom there may be thousands. */
export function presentListed({ meetingId: id, role, participantCount, ...facts }: Listing, place: Place, now: Date) {
  return { ...presentFacts({ id, ...facts }, place, now), role, participantCount };
}

/** A meeting that has changed, as a list shows it. */
export function presentChanged(meeting: Meeting, role: ListingRole, place: Place, now: Date) {
  const facts = presentFacts({ ...meeting, isPasswordProtected: isPasswordProtected(meeting) }, place, now);
  return { ...facts, role, participantCount: meeting.participants.length };
}

type ShownFacts = ListedFields & Pick<Meeting, 'id'> & Pick<Listing, 'isPasswordProtected'>;

function presentFacts(meeting: ShownFacts, place: Place, now: Date) {
  return {
    id: meeting.id,
    name: meeting.name,
    description: meeting.description,
    language: meeting.language,
    timeZone: meeting.timeZone,
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    status: statusOf(meeting, now),
    url: linkOf(meeting, place),
    ddi: dialInOf(meeting, place),
    organizerId: meeting.organizerId,
    sendInvitations: meeting.sendInvitations,
    lobby: meeting.lobby,
    showAnswers: meeting.showAnswers ?? false,
    cohostsManage: meeting.cohostsManage ?? false,
    isPasswordProtected: meeting.isPasswordProtected,
    revision: meeting.revision,
    sequence: meeting.sequence,
    created: meeting.created.toISOString(),
    updated: meeting.updated.toISOString(),
  };
}

/** What the API says of a meeting: one that was scheduled has `ended` once its end has passed. */
export const statuses = ['scheduled', 'ended', 'cancelled'] as const;
export type Status = (typeof statuses)[number];

export function statusOf(meeting: Pick<Meeting, 'status' | 'validUntil'>, now: Date): Status {
  return meeting.status === 'scheduled' && isOver(meeting, now) ? 'ended' : meeting.status;
}

/** A participant as the API shows them in a meeting. */
export function presentParticipant(participant: Participant, meeting: Meeting, view: View) {
  const { id, userId, email, phone, phoneType, language, role, required } = participant;
  const name = participant.name ?? view.names.get(userId ?? '');
  const answer = presentedAnswer(meeting, participant, view);
  return view.viewer === 'organizer'
    ? { id, name, userId, email, phone, phoneType, language, role, required, answer }
    : { id, name, role, required, answer };
}

/** The entity tag of a meeting's revision (RFC 9110, section 8.8.3). */
export function entityTag(meeting: Meeting): string {
  return `"${meeting.revision}"`;
}
