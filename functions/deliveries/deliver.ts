import { type Standing, standingOf } from '../meetings/answers/answer.ts';
import type { AnswerStore } from '../meetings/answers/answerStore.ts';
import { addressesOf } from '../meetings/attendees.ts';
import { type InvitedPeople, invitedPeople, usersToName } from '../meetings/invitedPeople.ts';
import { linkOf } from '../meetings/links/link.ts';
import { personalLinkOf, shortCodeOf, shortLinkOf } from '../meetings/links/personalLink.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import type { Device } from '../users/device.ts';
import type { DeviceStore } from '../users/deviceStore.ts';
import type { Directory } from '../users/directoryStore.ts';
import { givenNameOf, type User } from '../users/user.ts';
import { userNames } from '../users/userNames.ts';
import type { AddressChannel } from './channels/channel.ts';
import {
  type AddressChannelName,
  addressChannelNamed,
  type Channel,
  type DeviceChannelName,
} from './channels/channels.ts';
import type { Sender, Sending } from './channels/sender.ts';
import { limitOf } from './dailyAllowance.ts';
import { actionFor, organizerParticipantId, recipientOf } from './delivery.ts';
import type { DeliveryStore, Outcome } from './deliveryStore.ts';
import type { AddressJob, DeviceJob, InvitationJob, Job } from './job.ts';
import { letterLimit } from './letterLimit.ts';
import type { Message } from './message.ts';
import type { Action } from './templates/templateData.ts';
import { namesOf, unreachablePeople } from './word/unreachable.ts';

/** How each channel sends. */
export interface Senders {
  toAddress(channel: AddressChannelName): Sender<string>;
  toDevice(channel: DeviceChannelName): Sender<Device>;
}

/** What the jobs of one meeting have in common while they are delivered. */
export interface DeliveryContext {
  /** Read after the jobs were claimed: whatever was changed before is seen, whatever is changed later is planned anew. */
  readonly meeting: Meeting;
  /** What leads to it: a short link, or the meeting URL. */
  readonly url: string;
  /** Undefined where they have been deleted, or another release wrote their entry. */
  readonly organizer: User | undefined;
  readonly users: Directory;
  readonly devices: DeviceStore;
  readonly deliveries: DeliveryStore;
  readonly answers: Pick<AnswerStore, 'find'>;
  /** Keeps where a code leads, as long as the meeting. @returns false where it leads elsewhere */
  readonly keepShortLink: (code: string, participantId: string) => Promise<boolean>;
  readonly settings: RuntimeSettings;
  readonly senders: Senders;
  /** Settles when the next message of a channel may be sent. */
  takeTurn(channel: Channel): Promise<void>;
}

/** A job, and by which claim it is held. */
export interface ClaimedJob {
  readonly job: Job;
  readonly claimId: string;
}

/**
 * Sends one claimed job, if it is still what the person is to be told.
 *
 * @throws what the channel or the table throws
 */
export async function deliver({ job, claimId }: ClaimedJob, context: DeliveryContext, now: Date): Promise<Outcome> {
  const person = recipientOf(context.meeting, job.participantId);
  const current = job.kind === 'invitation' ? { ...job, reached: await mayBeReached(job, context) } : job;
  const action = person && actionFor(current, context.meeting, person, now);
  if (!action) return { state: 'superseded' };
  const told: Told = { person, action, claimId, now };
  return 'device' in job ? deliverToDevice(job, context, told) : deliverToAddress(job, context, told);
}

/** What was about to leave when the job was planned has left by now, or was given up. */
function mayBeReached(
  { meetingId, reached, reachedBy }: InvitationJob,
  { deliveries }: DeliveryContext,
): Promise<boolean> | boolean {
  return reachedBy === undefined ? reached : deliveries.haveArrived(meetingId, reachedBy);
}

/** Who is told, why, and when. */
interface Told {
  readonly person: Participant;
  readonly action: Action;
  readonly claimId: string;
  readonly now: Date;
}

async function deliverToDevice(job: DeviceJob, context: DeliveryContext, told: Told): Promise<Outcome> {
  const { users, devices, senders } = context;
  const { userId, deviceId } = job.device;
  const [device, user] = await Promise.all([devices.find(userId, deviceId), users.find(userId)]);
  if (!device || !user || user.deleted) return { state: 'superseded' };
  const { meeting, url } = context;
  const message = messageOf(context, told, {
    languages: [user.language, told.person.language],
    calendarOrganizer: meeting.organizer,
    personalUrl: url,
    standing: 'needsAction',
  });
  await context.takeTurn(job.channel);
  return senders.toDevice(job.channel).send(device, sendingOf(job, message, context, told));
}

async function deliverToAddress(job: AddressJob, context: DeliveryContext, told: Told): Promise<Outcome> {
  const { person, action } = told;
  const isNamedOnly = person.email === undefined && person.phone === undefined;
  const user = isNamedOnly && person.userId !== undefined ? await context.users.find(person.userId) : undefined;
  if (user?.deleted) return { state: 'superseded' };
  const channel = addressChannelNamed(job.channel);
  const address = channel.addressOf(addressesOf(person, user));
  if (address === undefined) {
    // Whoever was taken off keeps no address that somebody else has since.
    return action === 'cancel' ? { state: 'superseded' } : { state: 'failed', reason: 'no-address' };
  }
  const unreachable = action === 'unreachable' ? await whoIsUnreachable(context) : undefined;
  // They have been reached since, or were taken off.
  if (unreachable?.length === 0) return { state: 'superseded' };
  const sender = context.senders.toAddress(job.channel);
  const refusal = await sender.refusalOf?.(address);
  if (refusal !== undefined) return { state: 'failed', reason: refusal };
  if (job.kind !== 'invitation' && channel.allowance && !(await countStart(job, channel, context, told.now))) {
    return { state: 'failed', reason: channel.allowance.code };
  }
  if (job.kind === 'invitation' && !(await isWithinLetters(job, address, context, told.now))) {
    return { state: 'failed', reason: 'too-many-letters' };
  }
  const organizer = (job.kind === 'invitation' ? job.organizer : undefined) ?? context.meeting.organizer;
  const named = { ...person, name: person.name ?? (user && givenNameOf(user)) };
  const message = messageOf(
    context,
    { ...told, person: named },
    {
      languages: [person.language, user?.language],
      calendarOrganizer: organizer,
      ...(await linksFor(told, channel, context)),
      unreachable,
      ...(job.kind === 'invitation' ? await standingFor(person, channel, context) : { standing: 'needsAction' }),
    },
  );
  await context.takeTurn(job.channel);
  return sender.send(address, sendingOf(job, message, context, told));
}

type Addressed = Pick<
  Message,
  'languages' | 'calendarOrganizer' | 'personalUrl' | 'answerUrl' | 'unreachable' | 'standing' | 'invited'
>;

/** By what the organizer calls them. */
async function whoIsUnreachable({ meeting, deliveries, users }: DeliveryContext): Promise<string[]> {
  return namesOf(unreachablePeople(meeting, await deliveries.ofMeeting(meeting.id)), users);
}

function messageOf({ meeting, organizer, url }: DeliveryContext, { person, action }: Told, to: Addressed): Message {
  return { meeting, organizer, person, action, url, ...to };
}

/** Whoever has no link of their own is not asked for an answer, nor is anybody by a cancellation. */
async function linksFor({ person, action }: Told, channel: AddressChannel, context: DeliveryContext) {
  const { meeting, url, settings } = context;
  const own = await ownLinkOf(person, channel, context);
  const shared = channel.hasShortLinks ? url : linkOf(meeting, settings);
  return { personalUrl: own ?? shared, answerUrl: action === 'cancel' ? undefined : own };
}

/** Whoever is reminded as the organizer, or was taken off, has none. */
async function ownLinkOf(
  person: Participant,
  { hasShortLinks }: AddressChannel,
  { meeting, url, settings, keepShortLink }: DeliveryContext,
): Promise<string | undefined> {
  const personal = personalLinkOf(meeting, person, settings);
  if (!hasShortLinks) return personal;
  const code = shortCodeOf(meeting, person);
  // Where a shortener has made a short link of the meeting URL, that one serves.
  if (personal === undefined || code === undefined || url !== linkOf(meeting, settings)) return undefined;
  return (await keepShortLink(code, person.id)) ? shortLinkOf(code, settings) : personal;
}

/** How a person stands to the meeting; its organizer, who is told of their own, attends it, and hears who was invited. */
async function standingFor(
  person: Participant,
  { hasCalendar }: AddressChannel,
  context: DeliveryContext,
): Promise<Pick<Message, 'standing' | 'invited'>> {
  if (person.id === organizerParticipantId) return { standing: 'accepted', invited: await invitedTo(context) };
  return { standing: hasCalendar ? await standingNow(person, context) : 'needsAction' };
}

/** Whoever was named by their user id alone is called what the directory calls them. */
async function invitedTo({ meeting, users }: DeliveryContext): Promise<InvitedPeople> {
  return invitedPeople(meeting, await userNames(usersToName(meeting), users));
}

/** What the person answered, in a letter that may follow an answer: what a first one is sent with, nobody has answered. */
async function standingNow(person: Participant, { meeting, answers }: DeliveryContext): Promise<Standing> {
  if (meeting.sequence === 0) return 'needsAction';
  return standingOf(await answers.find(meeting.id, person.id), meeting);
}

function sendingOf(job: Job, message: Message, { deliveries }: DeliveryContext, { claimId, now }: Told): Sending {
  return { message, now, beginSending: () => deliveries.beginSending(job, claimId, now) };
}

/** A meeting as it was scheduled tells nobody twice; of its changes each address is told so often, cancellations counted. */
async function isWithinLetters(
  job: InvitationJob,
  address: string,
  { meeting, deliveries }: DeliveryContext,
  now: Date,
): Promise<boolean> {
  return meeting.sequence === 0 || deliveries.countOnce(job, letterLimit(meeting.id, job.channel, address), now);
}

/** Counts what is about a start within its organizer's day, once: unlike an invitation no call was counted for it. */
function countStart(
  job: Job,
  channel: AddressChannel,
  { meeting, deliveries, settings }: DeliveryContext,
  now: Date,
): Promise<boolean> | boolean {
  const limit = limitOf(channel, meeting.organizerId, settings);
  return limit ? deliveries.countOnce(job, limit, now) : true;
}
