import type { MeetingItem, PersonDelivery, PersonItem } from '../../inbox.ts';
import { type InboxViewData, useInboxView } from '../inboxView.ts';
import { fragmentOf, type Section } from '../place.ts';
import { formatMoment, formatSpanOfDay, timeLeft } from '../times.ts';
import { DeliveryChip, MeetingChip } from './chip.tsx';
import { CopyButton } from './copyButton.tsx';
import { Facts, Heading, Part } from './facts.tsx';
import { InboxIcon } from './icon.tsx';
import { DayLeaf } from './lead.tsx';

/** A meeting with its people, and what became of all that each was sent. */
export function MeetingDetail({ item: meeting }: { readonly item: MeetingItem }) {
  const view = useInboxView();
  const { now } = view.state;
  const { validSince, validUntil, timeZone, description } = meeting;
  return (
    <>
      <Heading lead={<DayLeaf at={validSince} timeZone={timeZone} />} title={meeting.name}>
        <p class="soft">{`${formatSpanOfDay(validSince, validUntil, timeZone)} (${timeZone})`}</p>
        <p class="chips">
          <MeetingChip meeting={meeting} now={now} />
          <Countdown meeting={meeting} now={now} />
        </p>
      </Heading>
      {description !== undefined && (
        <p class="prose" dir="auto">
          {description}
        </p>
      )}
      <Facts
        of={[
          ['Link', <RoomLink key="link" url={meeting.url} />],
          ['Organizer', meeting.organizer],
          ['Reminder', reminderLink(meeting, view)],
          ['Revision', `${meeting.revision}, of ${formatMoment(meeting.updated, now)}`],
          ['Sequence', meeting.sequence],
          ['Id', <code key="id">{meeting.id}</code>],
        ]}
      />
      <Part title="People and what they were sent">
        <People meeting={meeting} />
      </Part>
      <Messages meeting={meeting} />
    </>
  );
}

interface CountdownProps {
  readonly meeting: MeetingItem;
  readonly now: number;
}

function Countdown({ meeting: { status, validSince }, now }: CountdownProps) {
  if (status === 'cancelled' || Date.parse(validSince) <= now) return null;
  return <span class="soft">{`begins in ${timeLeft(validSince, now)}`}</span>;
}

function RoomLink({ url }: { readonly url: string }) {
  return (
    <span class="with-button">
      <a href={url} target="_blank" rel="noopener" class="address">
        {url}
      </a>
      <CopyButton text={url} label="Copy the link" />
    </span>
  );
}

function reminderLink({ id }: MeetingItem, { inbox, state }: InboxViewData) {
  const schedule = inbox.schedules.items.find(({ meetingId }) => meetingId === id);
  if (schedule === undefined) return undefined;
  return (
    <a href={fragmentOf({ section: 'schedules', id: schedule.id })}>{`in ${timeLeft(schedule.dueAt, state.now)}`}</a>
  );
}

function People({ meeting: { people, channels } }: { readonly meeting: MeetingItem }) {
  return (
    <table class="people">
      <thead>
        <tr>
          <th scope="col">Person</th>
          {channels.map(({ name, title }) => (
            <th key={name} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id} person={person} channels={channels} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly person: PersonItem;
  readonly channels: MeetingItem['channels'];
}

function Row({ person: { name, standing, addresses, language, deliveries }, channels }: RowProps) {
  const notes = [...addresses.filter((address) => address !== name), language].filter((note) => note !== undefined);
  return (
    <tr class={standing}>
      <th scope="row">
        <span class="who" dir="auto">
          {name}
        </span>
        {standing !== 'participant' && <span class="standing">{standing === 'removed' ? 'taken off' : standing}</span>}
        {notes.length > 0 && <span class="soft">{notes.join(' · ')}</span>}
      </th>
      {channels.map(({ name: channel }) => (
        <ChannelCell
          key={channel}
          channel={channel}
          deliveries={deliveries.filter((delivery) => delivery.channel === channel)}
        />
      ))}
    </tr>
  );
}

interface ChannelCellProps {
  readonly channel: string;
  readonly deliveries: readonly PersonDelivery[];
}

function ChannelCell({ channel, deliveries }: ChannelCellProps) {
  if (deliveries.length === 0) return <td class="none soft">–</td>;
  return (
    <td data-channel={channel}>
      {deliveries.map((delivery, index) => (
        <Outcome key={index} delivery={delivery} />
      ))}
    </td>
  );
}

function Outcome({ delivery }: { readonly delivery: PersonDelivery }) {
  const { now } = useInboxView().state;
  const { kind, sequence, state, attempts, updated, reason } = delivery;
  const occasion = kind === 'reminder' ? 'reminder' : `sequence ${sequence}`;
  const tries = attempts > 1 ? `, ${attempts} attempts` : '';
  return (
    <div class="outcome">
      <DeliveryChip state={state} />
      <span class="soft">{`${occasion}${tries}${updated === undefined ? '' : `, ${formatMoment(updated, now)}`}`}</span>
      {reason !== undefined && (
        <span class="reason" dir="auto">
          {reason}
        </span>
      )}
    </div>
  );
}

interface SentMessage {
  readonly section: Section & ('mails' | 'sms' | 'pushes');
  readonly id: string;
  readonly at: string;
  readonly text: string;
}

/** The messages that went out for a meeting, each a step away. */
function Messages({ meeting }: { readonly meeting: MeetingItem }) {
  const { inbox, state } = useInboxView();
  const sent = messagesOf(meeting, inbox);
  if (sent.length === 0) return null;
  return (
    <Part title="Messages">
      <ul class="messages">
        {sent.map(({ section, id, at, text }) => (
          <li key={`${section}/${id}`}>
            <InboxIcon name={section} />
            <a href={fragmentOf({ section, id })} dir="auto">
              {text}
            </a>
            <span class="when">{formatMoment(at, state.now)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** The latest first. */
function messagesOf(meeting: MeetingItem, { mails, sms, pushes }: InboxViewData['inbox']): SentMessage[] {
  const isOfMeeting = ({ meetingId }: { readonly meetingId: string | undefined }) => meetingId === meeting.id;
  return [
    ...mails.items
      .filter(isOfMeeting)
      .map(({ id, at, to, subject }) => ({ section: 'mails' as const, id, at, text: `${to}: ${subject}` })),
    ...sms.items
      .filter(isOfMeeting)
      .map(({ id, at, to, text }) => ({ section: 'sms' as const, id, at, text: `${to}: ${text}` })),
    ...pushes.items
      .filter(isOfMeeting)
      .map(({ id, at, platform, title }) => ({ section: 'pushes' as const, id, at, text: `${platform}: ${title}` })),
  ].sort((one, other) => other.at.localeCompare(one.at));
}
