import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { type PlanJob, planJobSchema } from '../../deliveries/planJob.ts';
import { attendeesOf } from '../../meetings/attendees.ts';
import { planReminders } from '../../reminders/planReminders.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { withMetrics } from '../../runtime/metrics.ts';
import { once } from '../../runtime/once.ts';
import { planInvitations } from '../planInvitations.ts';
import { planServices } from '../planServices.ts';

/** For how many people of a meeting one job plans; the rest is the next one's. */
const peopleAtOnce = 500;

const services = once(planServices);

/** The planning queue: plans what is left to plan of large meetings, a part at a time, as they are now. */
export const handler = withMetrics(async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { messageId, body } of event.Records) {
    try {
      await plan(z.parse(planJobSchema, JSON.parse(body)), new Date());
    } catch (error) {
      log.error('Planning failed', { messageId, error: errorOf(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
});

async function plan({ kind, meetingId, revision, after }: PlanJob, now: Date): Promise<void> {
  const { meetings, users } = services();
  const meeting = await meetings.get(meetingId);
  if (meeting?.revision !== revision) {
    log.info('Planning overtaken', { meetingId, revision });
    return;
  }
  const attendees = await attendeesOf(meeting, users);
  const planned = { invitations: planInvitations, reminders: planReminders }[kind];
  await planned(meeting, attendees, { after, most: peopleAtOnce }, services(), now);
}
