import * as z from 'zod/mini';
import { Refusal } from '../runtime/refusal.ts';
import { storedInstant } from '../runtime/row.ts';
import { historyEntrySchema } from './history.ts';

/** A length of ids that holds 130 random bits; the id of a meeting may be logged. */
export const meetingIdLength = 26;

/** A length that holds 80 random bits; the key of a link is a secret of those who were invited. */
export const linkKeyLength = 16;

/** A length that holds 130 random bits: what nobody is told, and the MACs of personal links are made by. */
export const sealLength = 26;

/** A meeting lasts at most this long. */
export const longestMeetingDays = 31;

/** Unique within one meeting. */
export const participantIdLength = 12;

/** Fields that another release added are kept. */
const participantSchema = z.looseObject({
  id: z.string(),
  userId: z.optional(z.string()),
  email: z.optional(z.string()),
  /** E.164. */
  phone: z.optional(z.string()),
  /** `landline` where the plan of its country says that the number is one: no SMS is sent to it. */
  phoneType: z.optional(z.string()),
  name: z.optional(z.string()),
  language: z.optional(z.string()),
  /** `cohost` of whoever may be host beside the organizer, a user; absent of the others. */
  role: z.optional(z.string()),
  /** False of whoever need not come (OPT-PARTICIPANT, RFC 5545, section 3.2.16); absent of the others. */
  required: z.optional(z.boolean()),
  /** The last `sequence` of the meeting that concerns them. */
  told: z.number(),
  /** The last `sequence` that invited them: what came after it and concerns them is an update. */
  invited: z.number(),
  /** When they were taken off; absent of whoever takes part. */
  takenOff: z.optional(storedInstant),
});

const calendarOrganizerSchema = z.looseObject({
  username: z.string(),
  email: z.optional(z.string()),
  /** They were deleted: this goes as soon as the cancellations that name them have been queued. */
  leaving: z.optional(z.boolean()),
});

const organizerEntrySchema = z.looseObject({
  /** As of a participant. */
  told: z.number(),
  /** As of a participant. */
  invited: z.number(),
  /**
   * The service's address, which is ORGANIZER of their own calendar entry from the first letter to the last: clients
   * refuse another under the same UID (RFC 5546, section 6.1). Absent where the service had none when it was made.
   */
  calendarAddress: z.optional(z.string()),
});

/** A meeting as it is kept; fields that another release added are kept, here and in what it holds. */
export const meetingSchema = z.looseObject({
  id: z.string(),
  key: z.string(),
  /** A second secret, which no reply, page or letter shows (`personalLink.ts`); absent of a meeting from before there was one. */
  seal: z.optional(z.string()),
  /** What is typed on a telephone to enter; none where the operator had no number to dial when it was made. */
  pin: z.optional(z.string()),
  /** The organizer's alias or username, where links end in it: it stays theirs for a year after they gave it up. */
  linkName: z.optional(z.string()),
  organizerId: z.string(),
  /**
   * The organizer as calendars name them, from the first invitation to the cancellation (RFC 5546, ORGANIZER). Absent
   * once they were deleted and whatever had to name them has been queued.
   */
  organizer: z.optional(calendarOrganizerSchema),
  /** What its organizer is told of by letters of their own; absent of a meeting from before there were any, until it is changed. */
  organizerEntry: z.optional(organizerEntrySchema),
  name: z.string(),
  description: z.optional(z.string()),
  language: z.optional(z.string()),
  timeZone: z.string(),
  validSince: storedInstant,
  validUntil: storedInstant,
  participants: z.array(participantSchema),
  /** People taken off lately, each with the `sequence` that took them off as `told`; see `replacePeople`. */
  removed: z.array(participantSchema),
  sendInvitations: z.boolean(),
  /** Whether a host admits whoever comes to its room. */
  lobby: z.boolean(),
  /** Whether participants see who answered what, not only how many. Default: false. */
  showAnswers: z.optional(z.boolean()),
  /** Whether co-hosts see and change it as its organizer does. Default: false. */
  cohostsManage: z.optional(z.boolean()),
  /** Of what whoever comes to its room must know beside the link (`passwordHash.ts`); nothing shows it. */
  passwordHash: z.optional(z.string()),
  /** Who changed it, when and what; absent of a meeting from before it was kept. */
  history: z.optional(z.array(historyEntrySchema)),
  /** When all were last invited again. */
  invitedAgain: z.optional(storedInstant),
  status: z.enum(['scheduled', 'cancelled']),
  /** From 1, raised by every write: the lock of its row and its entity tag. */
  revision: z.number(),
  /**
   * From 0, raised by what people are told of, also where the meeting is silent: the SEQUENCE of its calendars
   * (RFC 5545, section 3.8.7.4).
   */
  sequence: z.number(),
  /** The sequence that moved it last; absent where nothing did. */
  timed: z.optional(z.number()),
  created: storedInstant,
  updated: storedInstant,
});

export type Meeting = Readonly<z.output<typeof meetingSchema>>;
export type Participant = Readonly<z.output<typeof participantSchema>>;

/** What a list shows of a meeting, beside its id and how many take part. */
export const listedFieldsSchema = z.pick(meetingSchema, {
  key: true,
  pin: true,
  linkName: true,
  organizerId: true,
  name: true,
  description: true,
  language: true,
  timeZone: true,
  validSince: true,
  validUntil: true,
  sendInvitations: true,
  lobby: true,
  showAnswers: true,
  cohostsManage: true,
  status: true,
  revision: true,
  sequence: true,
  created: true,
  updated: true,
});

export type ListedFields = Readonly<z.output<typeof listedFieldsSchema>>;

/** How a meeting names somebody: as a user, or by their addresses. */
export type NamedPerson = Pick<Participant, 'userId' | 'email' | 'phone'>;

/** What another release keeps of a participant, and this one knows nothing of. */
export function unknownFields(participant: Participant): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(participant).filter(([name]) => !Object.hasOwn(participantSchema.shape, name)),
  );
}

/** A meeting that has been cancelled or whose end has passed changes no more, and nobody is told of it. */
export function isOver(meeting: Pick<Meeting, 'status' | 'validUntil'>, now: Date): boolean {
  return meeting.status === 'cancelled' || meeting.validUntil <= now;
}

/** Whether whoever comes to its room is asked for a password. */
export function isPasswordProtected({ passwordHash }: Pick<Meeting, 'passwordHash'>): boolean {
  return passwordHash !== undefined;
}

/** Whether a user is a co-host of a meeting. */
export function isCohost({ participants }: Pick<Meeting, 'participants'>, userId: string | undefined): boolean {
  return userId !== undefined && participants.some((one) => one.role === 'cohost' && one.userId === userId);
}

/** Whether somebody has been taken off a meeting. */
export function isParticipantRemoved(meeting: Meeting, { id }: Pick<Participant, 'id'>): boolean {
  return meeting.removed.some((person) => person.id === id);
}

/** @throws Refusal `meeting-cancelled` or `meeting-ended`, where it changes no more */
export function requireOpen(meeting: Meeting, now: Date): void {
  if (!isOver(meeting, now)) return;
  if (meeting.status === 'scheduled') throw new Refusal('conflict', 'meeting-ended', 'This meeting has ended.');
  throw new Refusal('conflict', 'meeting-cancelled', 'This meeting has been cancelled.');
}

/** Nobody is reminded of a meeting that is cancelled or has begun. */
export function mayBeReminded(meeting: Meeting, now: Date): boolean {
  return meeting.status === 'scheduled' && now < meeting.validSince;
}
