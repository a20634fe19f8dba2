import { expect } from 'vitest';
import {
  addressHash,
  deliveryPrefix,
  deliverySchema,
  organizerParticipantId,
  partsOfDelivery,
} from '../../functions/deliveries/delivery.ts';
import { linkOf } from '../../functions/meetings/links/link.ts';
import { listingPrefix } from '../../functions/meetings/listings/listing.ts';
import type { Meeting, Participant } from '../../functions/meetings/meeting.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { queryRows } from '../../functions/runtime/table.ts';
import { directory } from '../../functions/users/directoryStore.ts';
import type { ReadCalendar } from '../../infra/local/inbox/readCalendar.ts';
import { readInvitation } from '../../infra/run/demo/readInvitation.ts';
import { testSettings } from '../service.ts';
import { type Play, verified } from './happenings.ts';
import type { World } from './world.ts';

/** What came of a run, once nothing was left to do. */
export interface Outcome {
  readonly meetings: readonly Meeting[];
  readonly mails: readonly Mail[];
  readonly messages: readonly Sms[];
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>;
  readonly deleted: ReadonlySet<string>;
}

interface Mail {
  readonly address: string;
  /** What was sent, whatever the copy. */
  readonly delivery: string;
  readonly calendar: ReadCalendar | undefined;
}

interface Sms {
  readonly messageId: string;
  readonly phone: string;
  readonly text: string;
}

type Delivery = ReturnType<typeof deliverySchema.parse>;

const remindBeforeMilliseconds = 600_000;

/** Reads all that a run has left behind. `names` are the names that its meetings had, by meeting. */
export async function readOutcome(world: World, play: Play, mark: SentCount): Promise<Outcome> {
  const store = meetingStore(world.service.table, testSettings.retentionDays);
  const found = await Promise.all(play.meetings.map(({ id }) => store.get(id)));
  const meetings = found.filter((meeting) => meeting !== undefined);
  const users = directory(world.service.table);
  const deleted: string[] = [];
  for (const { sub = '' } of [play.cast.bob, play.cast.carl]) if ((await users.find(sub))?.deleted) deleted.push(sub);
  const envelopes = world.aws.mailbox.envelopes().slice(mark.mails);
  const mails = await Promise.all(
    envelopes.map(async ({ messageId, destinations, tags }) => ({
      address: destinations.join(),
      delivery: `${tags.meeting} ${tags.occasion} ${tags.participant} ${destinations.join()}`,
      calendar: (await readInvitation(world.aws.mailbox.raw(messageId) ?? Buffer.of())).calendar,
    })),
  );
  const messages = world.aws.phones.sms
    .all()
    .slice(mark.messages)
    .map(({ messageId, phoneNumber, message }) => ({ messageId, phone: phoneNumber, text: message }));
  const deliveries = new Map<string, Delivery[]>();
  for (const { id } of meetings) {
    const rows: Delivery[] = [];
    for await (const row of queryRows(world.service.table, `MEETING#${id}`, deliveryPrefix))
      rows.push(deliverySchema.parse(row));
    deliveries.set(id, rows);
  }
  return { meetings, mails, messages, deliveries, deleted: new Set(deleted) };
}

export interface SentCount {
  readonly mails: number;
  readonly messages: number;
}

export function countSent({ aws }: World): SentCount {
  return { mails: aws.mailbox.envelopes().length, messages: aws.phones.sms.all().length };
}

/** There is a schedule for each meeting to come, at its time, and no other. */
export function expectSchedules(world: World, { meetings }: Outcome): void {
  const wanted = meetings
    .filter(({ status, validSince }) => status === 'scheduled' && remindedAt(validSince) > Date.now())
    .map(({ id, validSince }) => `${id} ${new Date(remindedAt(validSince)).toISOString().slice(0, 19)}`);
  const kept = world.aws.schedules
    .all()
    .map(({ Name, dueAt }) => `${Name} ${new Date(dueAt).toISOString().slice(0, 19)}`);

  expect(kept.sort()).toEqual(wanted.sort());
}

function remindedAt(validSince: Date): number {
  return validSince.getTime() - remindBeforeMilliseconds;
}

/** Whoever organizes or attends a meeting finds it in their list at its time, and nobody else. */
export async function expectListings(world: World, play: Play, { meetings, deleted }: Outcome): Promise<void> {
  for (const { sub: id = '', email, phone_number: phone } of [play.cast.alice, play.cast.carl, play.cast.bob]) {
    const listed: string[] = [];
    for await (const { sk, gone } of queryRows(world.service.table, `USER#${id}`, listingPrefix))
      if (!gone) listed.push(String(sk));
    const isThisPerson = (person: Participant) =>
      person.userId === id || (!person.userId && (person.email === email || person.phone === phone));
    const theirs = meetings.filter(
      ({ organizerId, participants }) => organizerId === id || participants.some(isThisPerson),
    );
    const wanted = deleted.has(id)
      ? []
      : theirs.map((one) => `${listingPrefix}${one.validSince.toISOString()}#${one.id}`);

    expect(listed.sort(), id).toEqual(wanted.sort());
  }
}

/** Whoever verified her address late finds what it was invited to before. */
export async function expectFound(world: World, play: Play, { meetings }: Outcome): Promise<void> {
  if (!play.verified) return;
  const claims = verified(play.cast.dora);
  await world.call('readMe', { claims });
  while (!(await world.isSettled())) await world.follow('users');
  const listed = await world.call('listMeetings', { claims });
  const hers = meetings.filter(({ participants }) => participants.some(({ email }) => email === claims.email));

  expect(listed?.body.meetings.map(({ id }: Meeting) => id).sort()).toEqual(hers.map(({ id }) => id).sort());
}

/** Each calendar holds a meeting as it is now, of those that its owner takes part in, and no other. */
export function expectCalendars(play: Play, outcome: Outcome, tally: World['tally']): void {
  for (const meeting of outcome.meetings) {
    if (meeting.validUntil.getTime() <= Date.now()) continue;
    const calendars = calendarsOf(meeting, outcome.mails, isSmooth(tally));
    const reached = addressesOf(meeting, play, outcome, 'email');
    const known = new Set([...calendars.keys(), ...reached]);
    for (const address of [...known].filter((one) => !isErased(one, play, outcome))) {
      const event = calendars.get(address);
      const wanted = meeting.status === 'scheduled' && reached.has(address);
      const about = `${address} of ${meeting.id}`;
      if (!wanted) expect(event, about).toBeUndefined();
      else expect(event && shown(event), about).toEqual(shownOf(meeting));
    }
  }
}

/** Each organizer's calendar holds an entry of its own for what they organize, as it is now, and nobody else's does. */
export function expectOrganizerCalendars(
  { cast }: Play,
  { meetings, mails, deleted }: Outcome,
  tally: World['tally'],
): void {
  for (const meeting of meetings.filter(({ validUntil }) => validUntil.getTime() > Date.now())) {
    const organizer = [cast.alice, cast.carl].find(({ sub }) => sub === meeting.organizerId);
    const calendars = calendarsOf({ id: `${meeting.id}.${organizerParticipantId}` }, mails, isSmooth(tally));
    const others = [...calendars.keys()].filter((address) => address !== organizer?.email);
    expect(others, meeting.id).toEqual([]);
    if (!organizer || deleted.has(meeting.organizerId)) continue;
    const event = calendars.get(organizer.email ?? '');
    const about = `${organizer.email} of ${meeting.id}`;
    if (meeting.status === 'cancelled') expect(event, about).toBeUndefined();
    else expect(event && shown(event), about).toEqual(shownOf(meeting));
  }
}

function shownOf(meeting: Meeting) {
  return {
    summary: meeting.name,
    url: linkOf(meeting, testSettings),
    start: toSeconds(meeting.validSince),
    end: toSeconds(meeting.validUntil),
  };
}

/** Of a personal link what all of them have in common. */
const shown = ({ summary, url, start, end }: ReadCalendar) => ({
  summary,
  url: url?.split('~')[0],
  start: toSeconds(start),
  end: toSeconds(end),
});
const toSeconds = (instant: Date) => Math.floor(instant.getTime() / 1_000);

/** Where a worker fell silent nobody knows what it had sent: what follows may be news to whoever it did not reach. */
function isSmooth({ killed, unanswered, givenUp }: World['tally']): boolean {
  return killed + unanswered + givenUp === 0;
}

/** What calendar programs hold of a meeting after its mails, as RFC 5546 has them read, by address. */
function calendarsOf(
  { id }: Pick<Meeting, 'id'>,
  mails: readonly Mail[],
  smooth: boolean,
): Map<string, ReadCalendar | undefined> {
  const latest = new Map<string, ReadCalendar>();
  for (const { address, calendar } of mails) {
    if (!calendar?.uid.startsWith(`${id}@`)) continue;
    const before = latest.get(address);
    if (!before && smooth) expect(calendar.method, `the first mail to ${address}`).toBe('REQUEST');
    // Whoever else writes of an event is not its organizer (RFC 5546, section 6.1).
    if (before) expect(calendar.organizer, address).toBe(before.organizer);
    if (!before || calendar.sequence >= before.sequence) latest.set(address, calendar);
  }
  return new Map([...latest].map(([address, one]) => [address, one.method === 'CANCEL' ? undefined : one]));
}

/** Where those who take part in a meeting are reached. */
function addressesOf(
  { participants }: Meeting,
  { cast }: Play,
  { deleted }: Outcome,
  kind: 'email' | 'phone',
): Set<string> {
  const bob = { email: cast.bob.email, phone: cast.bob.phone_number };
  const places = participants.flatMap((person) => {
    const user = person.userId === cast.bob.sub && !deleted.has(person.userId ?? '') ? bob : undefined;
    const given = person.email !== undefined || person.phone !== undefined ? person : user;
    return given?.[kind] ?? [];
  });
  return new Set(places);
}

/** A deleted user is told nothing more. */
function isErased(address: string, { cast }: Play, { deleted }: Outcome): boolean {
  return deleted.has(cast.bob.sub ?? '') && [cast.bob.email, cast.bob.phone_number].includes(address);
}

/** Each phone was last told what is: of a meeting its owner takes part in as it is now, of others that they are off. */
export function expectTexts(play: Play, outcome: Outcome, tally: World['tally']): void {
  for (const meeting of outcome.meetings) {
    if (meeting.validUntil.getTime() <= Date.now()) continue;
    const reached = addressesOf(meeting, play, outcome, 'phone');
    const phones = new Set([...outcome.messages.map(({ phone }) => phone), ...reached]);
    for (const phone of [...phones].filter((one) => !isErased(one, play, outcome))) {
      if (isUnclear(meeting, phone, outcome)) continue;
      const texts = textsOf(meeting, outcome).filter((one) => one.phone === phone && !one.text.startsWith('Reminder'));
      const last = texts.at(-1)?.text;
      const about = `${phone} of ${meeting.id}`;
      if (texts.length > 0 && isSmooth(tally)) expect(texts[0]?.text, about).toMatch(/^Invitation/);
      if (meeting.status === 'scheduled' && reached.has(phone)) {
        expect(last, about).toContain(meeting.name);
        expect(last, about).toContain(` ${testSettings.linkHost}/j/`);
        expect(last, about).toContain(spoken(meeting.validSince));
      } else if (last !== undefined) expect(last, about).toMatch(/^(Cancelled|You are no longer invited)/);
    }
  }
}

function spoken(instant: Date): string {
  return new Intl.DateTimeFormat('en', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: testSettings.timeZone,
  }).format(instant);
}

/** Of a message whose sending nobody answered it is not known whether it came. */
function isUnclear({ id }: Meeting, phone: string, { deliveries }: Outcome): boolean {
  const to = addressHash(id, phone);
  return (deliveries.get(id) ?? []).some((one) => one.to === to && one.reason === 'unclear');
}

/** The messages of a meeting: no two versions of two meetings have the same name. */
function textsOf({ id }: Meeting, { messages, deliveries }: Outcome): readonly Sms[] {
  const known = new Set((deliveries.get(id) ?? []).map(({ messageId }) => messageId));
  return messages.filter(({ messageId }) => known.has(messageId));
}

/** No text message left twice: each is the one of a delivery, or one of which nobody heard. */
export function expectNoSecondText({ messages, deliveries }: Outcome): void {
  const texts = [...deliveries.values()].flat().filter((one) => partsOfDelivery(one).channel === 'sms');
  const unclear = texts.filter(({ reason }) => reason === 'unclear');
  const known = new Set(texts.map(({ messageId }) => messageId));
  const others = messages.filter(({ messageId }) => !known.has(messageId));

  expect(others.length, others.map(({ text }) => text).join('\n')).toBeLessThanOrEqual(unclear.length);
}

/** Nobody got a mail more often than there were workers that died, or calls without an answer, to excuse it. */
export function expectFewCopies({ mails }: Outcome, { killed, unanswered, givenUp }: World['tally']): void {
  const copies = new Map<string, number>();
  for (const { delivery } of mails) copies.set(delivery, (copies.get(delivery) ?? 0) + 1);

  for (const [delivery, count] of copies)
    expect(count - 1, delivery).toBeLessThanOrEqual(killed + unanswered + givenUp);
}

/** All was sent in the end, or found to be out of date. */
export function expectNothingFailed({ deliveries }: Outcome): void {
  const failed = [...deliveries.values()].flat().filter(({ state }) => state !== 'sent' && state !== 'superseded');

  expect(failed).toEqual([]);
}
