import { addressesOf } from '../meetings/attendees.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import { isReached as isCountryReached } from '../meetings/smsReach.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import type { DeviceStore } from '../users/deviceStore.ts';
import type { Directory } from '../users/directoryStore.ts';
import { loadCountryOf } from '../users/phoneCountry.ts';
import type { User } from '../users/user.ts';
import { allowanceOf } from './dailyAllowance.ts';
import { actionFor, type Job, personOf } from './delivery.ts';
import type { DeliveryStore, Outcome } from './deliveryStore.ts';
import { sendEmail } from './email.ts';
import type { Letter } from './letter.ts';
import { pushReminder } from './push.ts';
import { sendSms } from './sms.ts';
import type { Action } from './templateData.ts';

/** What the jobs of one meeting have in common while they are delivered. */
export interface Round {
  /** Read after the jobs were claimed: whatever was changed before is seen, whatever is changed later is planned anew. */
  readonly meeting: Meeting;
  /** What leads to it: a short link, or the meeting URL. */
  readonly url: string;
  readonly organizer: User | undefined;
  readonly users: Directory;
  readonly devices: DeviceStore;
  readonly deliveries: DeliveryStore;
  readonly settings: RuntimeSettings;
}

/**
 * Sends one claimed job, if it is still what the person is to be told.
 *
 * @throws what SES, SNS or the table throw
 */
export async function deliver(job: Job, round: Round, now: Date): Promise<Outcome> {
  const person = personOf(round.meeting, job.participantId);
  const reached = await isReached(job, round);
  const action = person && actionFor({ ...job, reached }, round.meeting, person, now);
  if (!action) return { state: 'superseded' };
  if (job.device) return push(job.device, round, person, now);
  return write(job, round, person, action, now);
}

/** What was about to leave when the job was planned has left by now, or was given up. */
function isReached({ meetingId, reached, reachedBy }: Job, { deliveries }: Round): Promise<boolean> | boolean {
  return reachedBy === undefined ? reached : deliveries.haveArrived(meetingId, reachedBy);
}

async function push(
  { userId, deviceId }: NonNullable<Job['device']>,
  { meeting, devices, users, settings }: Round,
  person: Participant,
  now: Date,
): Promise<Outcome> {
  const [device, user] = await Promise.all([devices.find(userId, deviceId), users.find(userId)]);
  if (!device || !user || user.deleted) return { state: 'superseded' };
  const language = user.language ?? person.language ?? meeting.language ?? settings.languages[0] ?? 'en';
  return pushReminder({ meeting, device, language, now }, devices, settings);
}

async function write(job: Job, round: Round, person: Participant, action: Action, now: Date): Promise<Outcome> {
  const { meeting, organizer, deliveries, settings } = round;
  const named = person.email === undefined && person.phone === undefined;
  const user = named && person.userId !== undefined ? await round.users.find(person.userId) : undefined;
  if (user?.deleted) return { state: 'superseded' };
  const { email, phone } = addressesOf(person, user);
  const calendarOrganizer = job.organizer ?? meeting.organizer;
  const letter: Letter = { meeting, organizer, calendarOrganizer, person, user, action, url: round.url };
  const within = async () => action !== 'remind' || countReminder(job, round, now);
  if (job.channel === 'email' && email !== undefined) {
    return (await within()) ? sendEmail(letter, email, settings) : { state: 'failed', reason: 'mails-per-day' };
  }
  if (job.channel === 'sms' && phone !== undefined) {
    if (!(await getsSms(phone, settings))) return { state: 'failed', reason: 'country-not-allowed' };
    if (!(await within())) return { state: 'failed', reason: 'sms-per-day' };
    return sendSms(letter, phone, settings, () => deliveries.beginSending(job, now));
  }
  // Whoever was taken off keeps no address that somebody else has since.
  return action === 'cancel' ? { state: 'superseded' } : { state: 'failed', reason: 'no-address' };
}

/** Numbers are looked at when they come in; the settings may be others since. */
async function getsSms(phone: string, { smsCountries }: RuntimeSettings): Promise<boolean> {
  const countryOf = await loadCountryOf();
  return isCountryReached(countryOf(phone), smsCountries);
}

/** Counts a reminder within its organizer's day, once: unlike an invitation no call was counted for it. */
function countReminder(job: Job, { meeting, deliveries, settings }: Round, now: Date): Promise<boolean> | boolean {
  const limit = job.channel !== 'push' && allowanceOf(job.channel, meeting.organizerId, settings);
  return limit ? deliveries.countOnce(job, limit, now) : true;
}
