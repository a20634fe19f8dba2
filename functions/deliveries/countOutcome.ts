import type { Meeting } from '../meetings/meeting.ts';
import { count, countReason, measureSeconds } from '../runtime/metrics.ts';
import type { Outcome } from './deliveryStore.ts';
import type { Job } from './job.ts';

/** Counts how a delivery ended, by its channel, and how long an invitation took. @param meeting undefined where it has gone */
export function countOutcome(job: Job, outcome: Outcome, meeting: Meeting | undefined, now: Date): void {
  count(`${endings[outcome.state]}.${job.channel}`);
  if (outcome.state === 'failed') countReason('DeliveriesFailed', outcome.reason);
  if (outcome.state !== 'sent' || !meeting) return;
  // Of a change before the last one nobody knows when it was.
  if (job.kind === 'invitation' && job.sequence === meeting.sequence)
    measureSeconds('InvitationDelay', (now.getTime() - meeting.updated.getTime()) / 1_000);
}

const endings = { sent: 'Sent', failed: 'Failed', superseded: 'Superseded' } as const;
