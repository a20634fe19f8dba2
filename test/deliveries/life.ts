import { addressChannels } from '../../functions/deliveries/channels/channels.ts';
import { actionFor, type Delivery, deliveryKey, isFinished, recipientOf } from '../../functions/deliveries/delivery.ts';
import type { InvitationJob } from '../../functions/deliveries/job.ts';
import { historyOf, owedJobs } from '../../functions/deliveries/plan.ts';
import type { Action } from '../../functions/deliveries/templates/templateData.ts';
import { type Addresses, addressesOf, reachOf } from '../../functions/meetings/attendees.ts';
import { cancelMeeting } from '../../functions/meetings/cancelMeeting.ts';
import { inviteAgain } from '../../functions/meetings/inviteAgain.ts';
import type { Meeting, Participant } from '../../functions/meetings/meeting.ts';
import type { MeetingPatch } from '../../functions/meetings/meetingPatch.ts';
import { patchMeeting } from '../../functions/meetings/patchMeeting.ts';
import type { User } from '../../functions/users/user.ts';

/** Something that left the house. */
export interface Sent {
  readonly channel: 'email' | 'sms';
  /** A mail address in lower case, or a number. */
  readonly address: string;
  readonly action: Action;
  /** As it was when it was sent. */
  readonly meeting: Meeting;
  readonly person: Participant;
}

export interface Life {
  readonly meeting: Meeting;
  readonly sent: readonly Sent[];
  patch(patch: MeetingPatch): void;
  cancel(): void;
  inviteAgain(): void;
  /** What follows a change: what is owed joins the queue. */
  plan(): void;
  /** The worker takes the n-th job of the queue; `putOff`, and SES asks it to come again. */
  deliver(position?: number, putOff?: boolean): void;
  /** Plans and delivers until nothing is left to do. */
  deliverAll(): Sent[];
}

/** The life of a meeting by its real rules; the table, the queue and the clock are a test's own. Its organizer is told where they are among the users. */
export function lifeOf(first: Meeting, users: readonly User[] = []): Life {
  let meeting = first;
  let ids = 0;
  let minutes = 0;
  const rows = new Map<string, Delivery>();
  const queue: InvitationJob[] = [];
  const sent: Sent[] = [];
  const now = () => new Date(first.created.getTime() + minutes * 60_000);
  const newId = () => {
    ids += 1;
    return `new-${ids}`;
  };
  const userOf = ({ userId, email, phone }: Participant) =>
    users.find(({ id }) => id === userId) ??
    users.find((user) => !userId && ((email && user.email === email) || (phone && user.mobilePhone === phone)));
  const change = (next: (at: Date) => Meeting) => {
    minutes += 11;
    meeting = next(now());
  };
  const history = () => historyOf([...rows.values()]);

  function plan(): void {
    const attendees = new Map(
      [...meeting.participants, ...meeting.removed].flatMap((person) => {
        const user = userOf(person);
        return user ? [[person.id, user] as const] : [];
      }),
    );
    const organizer = users.find(({ id }) => id === meeting.organizerId);
    const facts = { addressesOf: reachOf(meeting, attendees), organizer, history: history(), now: now() };
    queue.push(...owedJobs(meeting, { ...facts, channels: addressChannels }));
  }

  /** As the store claims, the worker sends, and the store marks. */
  function deliver(position = 0, putOff = false): void {
    const [job] = queue.splice(position % Math.max(1, queue.length), 1);
    if (!job) return;
    const { sk } = deliveryKey(job);
    const row = rows.get(sk) ?? { sk, state: 'claimed', leaseUntil: 0, attempts: 0, unsent: 0, updated: '' };
    if (isFinished(row) && !(job.renewed && row.state === 'superseded')) return;
    const attempt = { ...row, attempts: row.attempts + 1, to: job.to };
    const person = recipientOf(meeting, job.participantId);
    const action = person && actionFor(job, meeting, person, now());
    const address = person && addressOf(job, addressesOf(person, userOf(person)));
    const nothing = { ...attempt, unsent: (attempt.unsent ?? 0) + 1 };
    if (!action || !address) rows.set(sk, { ...nothing, state: 'superseded' });
    else if (putOff) {
      rows.set(sk, { ...nothing, state: 'claimed' });
      queue.push(job);
    } else {
      rows.set(sk, { ...attempt, state: 'sent' });
      sent.push({ channel: job.channel === 'sms' ? 'sms' : 'email', address, action, meeting, person });
    }
  }

  return {
    get meeting() {
      return meeting;
    },
    sent,
    patch: (patch) => {
      const organizer = { id: meeting.organizerId };
      const facts = { organizer, timeZone: 'UTC', languages: ['en', 'es'], newId };
      change((at) => patchMeeting(meeting, patch, { ...facts, now: at }));
    },
    cancel: () => change((at) => cancelMeeting(meeting, at)),
    inviteAgain: () => change((at) => inviteAgain(meeting, at)),
    plan,
    deliver,
    deliverAll: () => {
      const before = sent.length;
      plan();
      while (queue.length > 0) deliver();
      return sent.slice(before);
    },
  };
}

function addressOf({ channel }: InvitationJob, { email, phone }: Addresses): string | undefined {
  return channel === 'sms' ? phone : email?.toLowerCase();
}
