import type { ComponentChildren } from 'preact';
import type { Inbox, MeetingItem } from '../inbox.ts';
import type { Section } from './place.ts';
import { formatMoment, timeIn, timeLeft } from './times.ts';
import { Chip, DeliveryChip, LevelChip, MeetingChip } from './views/chip.tsx';
import { DayLeaf, Initials, RoundIcon } from './views/lead.tsx';

/** A line of the list. */
export interface Entry {
  readonly id: string;
  readonly lead: ComponentChildren;
  readonly title: string;
  /** At the right of the title. */
  readonly side: string;
  readonly subtitle?: string;
  readonly text?: string;
  readonly chips?: ComponentChildren;
  /** What a search looks at. */
  readonly words: string;
}

/** The lines of a section, as the list shows them. */
export function entriesOf(section: Section, inbox: Inbox, now: number): readonly Entry[] {
  return makers[section](inbox, now);
}

const makers: Readonly<Record<Section, (inbox: Inbox, now: number) => readonly Entry[]>> = {
  meetings: ({ meetings }, now) => meetings.items.map((meeting) => meetingEntry(meeting, now)),
  mails: ({ mails }, now) =>
    mails.items.map((mail) => ({
      id: mail.id,
      lead: <Initials of={mail.to} />,
      title: nameIn(mail.to),
      side: formatMoment(mail.at, now),
      subtitle: mail.subject,
      text: mail.beginning,
      words: [mail.to, mail.from, mail.subject, mail.beginning, mail.method].join(' '),
    })),
  sms: ({ sms }, now) =>
    sms.items.map(({ id, to, text, at, parts, alphabet }) => ({
      id,
      lead: <RoundIcon name="sms" />,
      title: to,
      side: formatMoment(at, now),
      text,
      chips: <Chip tone={parts > 1 ? 'warn' : 'plain'}>{`${plural(parts, 'part')}, ${alphabet}`}</Chip>,
      words: [to, text, alphabet].join(' '),
    })),
  pushes: ({ pushes }, now) =>
    pushes.items.map(({ id, title, body, platform, token, at }) => ({
      id,
      lead: <RoundIcon name="pushes" />,
      title: title || 'Data for the app',
      side: formatMoment(at, now),
      text: body,
      chips: <Chip>{platform}</Chip>,
      words: [title, body, platform, token].join(' '),
    })),
  schedules: (inbox, now) =>
    inbox.schedules.items.map((schedule) => ({
      id: schedule.id,
      lead: <RoundIcon name="schedules" />,
      title: meetingName(inbox, schedule.meetingId) ?? schedule.id.split('/').at(-1) ?? schedule.id,
      side: schedule.firedAt === undefined ? timeLeft(schedule.dueAt, now) : 'fired',
      subtitle: formatMoment(schedule.dueAt, now),
      text: schedule.target,
      words: [meetingName(inbox, schedule.meetingId), schedule.target, schedule.id].join(' '),
    })),
  deliveries: ({ deliveries }, now) =>
    deliveries.items.map((delivery) => ({
      id: delivery.id,
      lead: <RoundIcon name={channelIcons[delivery.channel] ?? 'mails'} />,
      title: delivery.person,
      side: formatMoment(delivery.updated, now),
      subtitle: delivery.meetingName,
      ...(delivery.reason === undefined ? {} : { text: delivery.reason }),
      chips: (
        <>
          <DeliveryChip state={delivery.state} />
          <Chip>{`${delivery.kind} by ${delivery.channel}`}</Chip>
        </>
      ),
      words: [
        delivery.person,
        delivery.meetingName,
        delivery.channel,
        delivery.kind,
        delivery.state,
        delivery.reason,
      ].join(' '),
    })),
  functions: ({ functions }) =>
    functions.items.map(({ name, total, calls }) => ({
      id: name,
      lead: <RoundIcon name="functions" />,
      title: name,
      side: String(total),
      text: calls.map(({ action, count }) => `${action} ${count}`).join(' · '),
      words: [name, ...calls.map(({ service, action }) => `${service}:${action}`)].join(' '),
    })),
  denied: ({ denied }) =>
    denied.items.map(({ id, role, action, resource }) => ({
      id,
      lead: <RoundIcon name="denied" />,
      title: action,
      side: '',
      subtitle: role,
      text: resource,
      words: id,
    })),
  logs: ({ logs }, now) =>
    logs.items.map(({ id, level, message, functionName, at, brief, details }) => ({
      id,
      lead: <LevelChip level={level} />,
      title: message,
      side: formatMoment(at, now),
      text: [functionName, brief].filter(Boolean).join(' · '),
      words: [level, message, functionName, details].join(' '),
    })),
};

export const channelIcons: Readonly<Record<string, Section>> = { email: 'mails', sms: 'sms', push: 'pushes' };

export function meetingName({ meetings }: Inbox, id: string | undefined): string | undefined {
  return meetings.items.find((meeting) => meeting.id === id)?.name;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function meetingEntry(meeting: MeetingItem, now: number): Entry {
  const participants = meeting.people.filter(({ standing }) => standing === 'participant');
  const failed = meeting.people
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ state }) => state === 'failed').length;
  return {
    id: meeting.id,
    lead: <DayLeaf at={meeting.validSince} timeZone={meeting.timeZone} />,
    title: meeting.name,
    side: timeIn(meeting.validSince, meeting.timeZone),
    text: `${plural(participants.length, 'participant')} · ${participants.map(({ name }) => name).join(', ')}`,
    chips: (
      <>
        <MeetingChip meeting={meeting} now={now} />
        {failed > 0 && <Chip tone="bad">{`${failed} failed`}</Chip>}
      </>
    ),
    words: [
      meeting.name,
      meeting.id,
      meeting.status,
      meeting.organizer,
      ...meeting.people.flatMap(({ name, addresses }) => [name, ...addresses]),
    ].join(' '),
  };
}

/** Of `Ana <ana@example.org>` the name, else the address. */
function nameIn(mailbox: string): string {
  return /^\s*(.+?)\s*<[^<>]*>$/.exec(mailbox)?.[1] ?? mailbox;
}
