import { type Content, h, type Markup } from '../../../../../functions/rooms/page/markup.ts';
import type { MeetingItem, PersonDelivery, PersonItem } from '../../inbox.ts';
import { fragmentOf, type Section } from '../place.ts';
import type { Scene } from '../state.ts';
import { moment, span, timeLeft } from '../times.ts';
import { deliveryChip, meetingChip } from './chip.ts';
import { copyButton } from './copyButton.ts';
import { facts, heading, part } from './facts.ts';
import { icon } from './icon.ts';
import { dayLeaf } from './lead.ts';

/** A meeting with its people, and what became of all that each was sent. */
export function meetingDetail(meeting: MeetingItem, scene: Scene): Content {
  const { now } = scene.state;
  const { validSince, validUntil, timeZone } = meeting;
  return [
    heading(
      dayLeaf(validSince, timeZone),
      meeting.name,
      h('p', { class: 'soft' }, `${span(validSince, validUntil, timeZone)} (${timeZone})`),
      h('p', { class: 'chips' }, meetingChip(meeting, now), countdown(meeting, now)),
    ),
    meeting.description !== undefined && h('p', { class: 'prose', dir: 'auto' }, meeting.description),
    facts([
      ['Link', roomLink(meeting, scene)],
      ['Organizer', meeting.organizer],
      ['Reminder', reminder(meeting, scene)],
      ['Revision', `${meeting.revision}, of ${moment(meeting.updated, now)}`],
      ['Sequence', String(meeting.sequence)],
      ['Id', h('code', {}, meeting.id)],
    ]),
    part('People and what they were sent', people(meeting, now)),
    sentOf(meeting, scene),
  ];
}

function countdown({ status, validSince }: MeetingItem, now: number): Content {
  if (status === 'cancelled' || Date.parse(validSince) <= now) return undefined;
  return h('span', { class: 'soft' }, `begins in ${timeLeft(validSince, now)}`);
}

function roomLink({ url }: MeetingItem, scene: Scene): Content {
  return h(
    'span',
    { class: 'with-button' },
    h('a', { href: url, target: '_blank', rel: 'noopener', class: 'address' }, url),
    copyButton(url, 'Copy the link', scene),
  );
}

function reminder({ id }: MeetingItem, { inbox, state }: Scene): Content {
  const schedule = inbox.schedules.items.find(({ meetingId }) => meetingId === id);
  if (schedule === undefined) return undefined;
  const href = fragmentOf({ section: 'schedules', id: schedule.id });
  return h('a', { href }, `in ${timeLeft(schedule.dueAt, state.now)}`);
}

function people({ people, channels }: MeetingItem, now: number): Markup {
  const title = (text: string) => h('th', { scope: 'col' }, text);
  return h(
    'table',
    { class: 'people' },
    h('thead', {}, h('tr', {}, title('Person'), ...channels.map((channel) => title(channel.title)))),
    h(
      'tbody',
      {},
      people.map((person) => row(person, channels, now)),
    ),
  );
}

function row(person: PersonItem, channels: MeetingItem['channels'], now: number): Markup {
  const { id, name, standing, addresses, language } = person;
  const notes = [...addresses.filter((address) => address !== name), language].filter((note) => note !== undefined);
  return h(
    'tr',
    { key: id, class: standing },
    h(
      'th',
      { scope: 'row' },
      h('span', { class: 'who', dir: 'auto' }, name),
      standing !== 'participant' && h('span', { class: 'standing' }, standing === 'removed' ? 'taken off' : standing),
      notes.length > 0 && h('span', { class: 'soft' }, notes.join(' · ')),
    ),
    channels.map((channel) => channelCell(person, channel.name, now)),
  );
}

function channelCell({ deliveries }: PersonItem, channel: string, now: number): Markup {
  const own = deliveries.filter((delivery) => delivery.channel === channel);
  if (own.length === 0) return h('td', { key: channel, class: 'none soft' }, '–');
  const outcomes = own.map((one, index) => h('div', { class: 'outcome', key: String(index) }, outcome(one, now)));
  return h('td', { key: channel, 'data-channel': channel }, outcomes);
}

function outcome({ kind, sequence, state, attempts, updated, reason }: PersonDelivery, now: number): Content {
  const occasion = kind === 'reminder' ? 'reminder' : `sequence ${sequence}`;
  const tries = attempts > 1 ? `, ${attempts} attempts` : '';
  return [
    deliveryChip(state),
    h('span', { class: 'soft' }, `${occasion}${tries}${updated === undefined ? '' : `, ${moment(updated, now)}`}`),
    reason !== undefined && h('span', { class: 'reason', dir: 'auto' }, reason),
  ];
}

/** The messages that went out for a meeting, each a step away. */
function sentOf({ id }: MeetingItem, { inbox, state }: Scene): Content {
  const of = <Item extends { readonly meetingId: string | undefined }>(items: readonly Item[]) =>
    items.filter(({ meetingId }) => meetingId === id);
  const sent = [
    ...of(inbox.mails.items).map((mail) => line('mails', mail, `${mail.to}: ${mail.subject}`)),
    ...of(inbox.sms.items).map((sms) => line('sms', sms, `${sms.to}: ${sms.text}`)),
    ...of(inbox.pushes.items).map((push) => line('pushes', push, `${push.platform}: ${push.title}`)),
  ];
  if (sent.length === 0) return undefined;
  return part(
    'Messages',
    h(
      'ul',
      { class: 'messages' },
      sent.sort(laterFirst).map(({ markup }) => markup),
    ),
  );

  function line(section: Section & ('mails' | 'sms' | 'pushes'), { id, at }: { id: string; at: string }, text: string) {
    const link = h('a', { href: fragmentOf({ section, id }), dir: 'auto' }, text);
    const time = h('span', { class: 'when' }, moment(at, state.now));
    return { at, markup: h('li', { key: `${section}/${id}` }, icon(section), link, time) };
  }
}

function laterFirst(one: { readonly at: string }, other: { readonly at: string }): number {
  return other.at.localeCompare(one.at);
}
