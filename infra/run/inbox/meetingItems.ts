import { availableInviteChannels } from '../../../functions/deliveries/channels/availableChannels.ts';
import { channels } from '../../../functions/deliveries/channels/channels.ts';
import { type Delivery, organizerParticipantId, partsOfDelivery } from '../../../functions/deliveries/delivery.ts';
import type { InvitationJob } from '../../../functions/deliveries/job.ts';
import type { Occasion } from '../../../functions/deliveries/occasion.ts';
import { historyOf, owedJobs } from '../../../functions/deliveries/plan.ts';
import { presentInvitations } from '../../../functions/deliveries/presentInvitations.ts';
import { type Attendees, reachOf } from '../../../functions/meetings/attendees.ts';
import { linkOf } from '../../../functions/meetings/links/link.ts';
import type { Meeting, Participant } from '../../../functions/meetings/meeting.ts';
import type { RuntimeSettings } from '../../../functions/runtime/settings.ts';
import type { User } from '../../../functions/users/user.ts';
import type { DeliveryItem, MeetingItem, PersonItem } from '../../local/inbox/inbox.ts';
import type { StoredRows } from './storedRows.ts';

export interface MeetingView {
  readonly meeting: MeetingItem;
  /** What was done, and what is owed. */
  readonly deliveries: readonly DeliveryItem[];
}

/** Shows the meetings with their people, what was sent to them and what is owed. */
export function viewMeetings(rows: StoredRows, settings: RuntimeSettings, now: Date): MeetingView[] {
  return rows.meetings.map((meeting) => {
    const rowsOfMeeting = rows.deliveries.get(meeting.id) ?? [];
    const attendees = attendeesAmong(meeting, rows.users);
    const organizer = rows.users.find(({ id }) => id === meeting.organizerId);
    const owed = owedJobs(meeting, {
      channels: availableInviteChannels(settings),
      addressesOf: reachOf(meeting, attendees),
      organizer: settings.organizerMail && !organizer?.deleted ? { email: organizer?.email } : undefined,
      history: historyOf(rowsOfMeeting),
      now,
    });
    const people = peopleItems(meeting, attendees, organizer, presentInvitations(meeting, rowsOfMeeting, owed));
    return {
      meeting: viewMeeting(meeting, linkOf(meeting, settings), organizer, people),
      deliveries: deliveriesOf(meeting, people, rowsOfMeeting, owed),
    };
  });
}

function viewMeeting(
  meeting: Meeting,
  url: string,
  organizer: User | undefined,
  people: readonly PersonItem[],
): MeetingItem {
  const { id, name, description, language, timeZone, status, revision, sequence } = meeting;
  return {
    ...{ id, name, description, language, timeZone, status, revision, sequence, url, people },
    organizer: organizer?.username ?? meeting.organizerId,
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    created: meeting.created.toISOString(),
    updated: meeting.updated.toISOString(),
    channels: channels.map(({ name, title }) => ({ name, title })),
  };
}

/** The users among the people of a meeting, as the service itself finds them: by id, else by a verified address. */
function attendeesAmong({ participants, removed }: Meeting, users: readonly User[]): Attendees {
  const isPerson = ({ userId, email, phone }: Participant, user: User) => {
    if (userId !== undefined) return user.id === userId;
    const sameEmail = email !== undefined && email.toLowerCase() === user.email?.toLowerCase();
    return sameEmail || (phone !== undefined && phone === user.mobilePhone);
  };
  return new Map(
    [...participants, ...removed].flatMap((person) => {
      const user = users.find((known) => isPerson(person, known));
      return user ? [[person.id, user] as const] : [];
    }),
  );
}

type Invitations = ReturnType<typeof presentInvitations>;

function peopleItems(
  { participants, removed }: Meeting,
  attendees: Attendees,
  organizer: User | undefined,
  invitations: Invitations,
): PersonItem[] {
  const sent = new Map([...invitations.participants, ...invitations.removed].map((person) => [person.id, person]));
  const view = (person: Participant, standing: PersonItem['standing']): PersonItem => {
    const user = attendees.get(person.id);
    return {
      id: person.id,
      standing,
      name: person.name ?? user?.username ?? person.email ?? person.phone ?? person.userId ?? person.id,
      addresses: [person.email, person.phone, user && `user ${user.username}`].filter((text) => text !== undefined),
      language: person.language,
      deliveries: (sent.get(person.id)?.deliveries ?? []).map(deliveryItem),
    };
  };
  return [
    {
      id: organizerParticipantId,
      standing: 'organizer',
      name: organizer?.username ?? invitations.organizer.userId,
      addresses: [organizer?.email, organizer?.mobilePhone].filter((text) => text !== undefined),
      language: organizer?.language,
      deliveries: invitations.organizer.deliveries.map(deliveryItem),
    },
    ...participants.map((person) => view(person, 'participant')),
    ...removed.map((person) => view(person, 'removed')),
  ];
}

function deliveryItem({ kind, channel, sequence, state, reason, attempts, updated }: Presented) {
  return { kind, channel, sequence, state, reason, attempts, updated };
}

type Presented = Invitations['organizer']['deliveries'][number];

function deliveriesOf(
  { id: meetingId, name: meetingName }: Meeting,
  people: readonly PersonItem[],
  rows: readonly Delivery[],
  owed: readonly InvitationJob[],
): DeliveryItem[] {
  const nameOf = (participantId: string) => people.find(({ id }) => id === participantId)?.name ?? participantId;
  const done = rows.map((row): DeliveryItem => {
    const { occasion, channel, participantId, device } = partsOfDelivery(row);
    return {
      ...{ id: `${meetingId}/${row.sk}`, meetingId, meetingName, channel, device },
      kind: occasion.kind,
      sequence: sequenceOf(occasion),
      person: nameOf(participantId),
      state: row.state === 'claimed' ? 'sending' : row.state,
      reason: row.reason,
      attempts: row.attempts,
      updated: row.updated,
      messageId: row.messageId,
    };
  });
  const pending = owed.map(
    ({ kind, sequence, channel, participantId }): DeliveryItem => ({
      ...{ id: `${meetingId}/pending#${sequence}#${channel}#${participantId}`, meetingId, meetingName, channel },
      ...{
        kind,
        sequence,
        person: nameOf(participantId),
        state: 'pending',
      },
      ...{ reason: undefined, attempts: 0, updated: undefined, messageId: undefined, device: undefined },
    }),
  );
  return [...pending, ...done];
}

function sequenceOf(occasion: Occasion): number | undefined {
  return occasion.kind === 'invitation' ? occasion.sequence : undefined;
}
