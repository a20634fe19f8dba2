import { jobSchema } from '../../../functions/deliveries/job.ts';
import { planJobSchema } from '../../../functions/deliveries/planJob.ts';
import { mailEventSchema } from '../../../functions/deliveries/word/mailEvent.ts';
import { tellJobSchema } from '../../../functions/events/tellJob.ts';
import { reminderDueSchema } from '../../../functions/reminders/reminderDue.ts';
import { roomDueSchema } from '../../../functions/rooms/seats/roomDue.ts';
import { eventOfCall } from './failedCall.ts';
import { type FailedChanges, failedChangesSchema } from './failedChanges.ts';
import { isMeetingChange, isUserChange, type StreamChange } from './streamChange.ts';

/** What a message is about, in words; undefined where this release cannot read it. */
type Describe = (body: unknown) => string | undefined;

/** A failure queue, and how what it holds goes back to where it came from. */
export type FailureQueue =
  /** The dead-letter queue of another queue. */
  | { readonly kind: 'jobs'; readonly source: string; readonly describe: Describe }
  /** Calls that nobody waits for: the function is called with the same event again. */
  | { readonly kind: 'calls'; readonly calls: string; readonly describe: Describe }
  /** Places in the table's stream: what stands there is read, and the function that follows it is called with it. */
  | {
      readonly kind: 'changes';
      readonly calls: string;
      readonly describe: Describe;
      /** Which of the stream's records the function is called with, as its filters say. */
      readonly isFollowed: (change: StreamChange) => boolean;
    };

/** By the queue's name in the template. */
export const failureQueues: Readonly<Record<string, FailureQueue>> = {
  EmailDeliveryFailures: { kind: 'jobs', source: 'EmailDeliveries', describe: describeJob },
  SmsDeliveryFailures: { kind: 'jobs', source: 'SmsDeliveries', describe: describeJob },
  PushDeliveryFailures: { kind: 'jobs', source: 'PushDeliveries', describe: describeJob },
  PlanningFailures: { kind: 'jobs', source: 'Planning', describe: describePlanJob },
  WebhookFailures: { kind: 'jobs', source: 'Webhooks', describe: describeTellJob },
  ReminderFailures: { kind: 'calls', calls: 'OnReminderDue', describe: describeReminder },
  RoomFailures: { kind: 'calls', calls: 'OnRoomDue', describe: describeRoom },
  MailEventFailures: { kind: 'calls', calls: 'OnMailEvent', describe: describeMailEvent },
  MeetingChangeFailures: {
    kind: 'changes',
    calls: 'OnMeetingChanged',
    describe: describeChanges,
    isFollowed: isMeetingChange,
  },
  UserChangeFailures: { kind: 'changes', calls: 'OnUserChanged', describe: describeChanges, isFollowed: isUserChange },
};

function describeJob(body: unknown): string | undefined {
  const job = jobSchema.safeParse(body).data;
  return job && `${job.kind} by ${job.channel}, meeting ${job.meetingId}`;
}

function describePlanJob(body: unknown): string | undefined {
  const job = planJobSchema.safeParse(body).data;
  return job && `planning of ${job.kind}, meeting ${job.meetingId}`;
}

function describeTellJob(body: unknown): string | undefined {
  const job = tellJobSchema.safeParse(body).data;
  return job && `events for the webhook ${job.webhookId}`;
}

function describeReminder(body: unknown): string | undefined {
  const due = reminderDueSchema.safeParse(eventOfCall(body)).data;
  return due && `reminder, meeting ${due.meetingId}, start ${due.validSince.toISOString()}`;
}

function describeRoom(body: unknown): string | undefined {
  const due = roomDueSchema.safeParse(eventOfCall(body)).data;
  return due && `look at the room ${due.roomId}`;
}

function describeMailEvent(body: unknown): string | undefined {
  const told = mailEventSchema.safeParse(eventOfCall(body)).data;
  return told && `${told.type} of a mail, meeting ${told.meeting}`;
}

function describeChanges(body: unknown): string | undefined {
  const changes = failedChangesSchema.safeParse(body).data;
  return changes && `${countOf(changes)} in the stream, of ${arrivalOf(changes)}`;
}

function countOf({ batchSize }: FailedChanges): string {
  return batchSize === 1 ? 'one change' : `${batchSize} changes`;
}

function arrivalOf({ approximateArrivalOfFirstRecord }: FailedChanges): string {
  return approximateArrivalOfFirstRecord;
}
