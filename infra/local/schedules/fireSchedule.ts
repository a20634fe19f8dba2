import type { QueueMessage } from '../queues/queue.ts';
import type { Schedule } from './schedule.ts';

export interface FireOptions {
  /** Hands an event to Lambda, which keeps it. */
  readonly acceptEvent: (functionArn: string, payload: unknown, id: string) => void;
  /** Sends to a queue. @returns false where there is no such queue */
  readonly sendTo: (queueArn: string, message: Pick<QueueMessage, 'body' | 'attributes' | 'senderId'>) => boolean;
  /** @returns why the role may not do that; undefined where it may */
  readonly refusal: (roleArn: string, action: string, resource: string) => string | undefined;
}

/** Carries a due schedule out as Scheduler does: under the schedule's own role, and what cannot be handed over goes to its dead-letter queue. */
export function fireSchedule(due: Schedule, eventId: string, { acceptEvent, sendTo, refusal }: FireOptions): void {
  const { Arn, RoleArn, DeadLetterConfig } = due.Target;
  const input = inputOf(due, eventId);
  const isFunction = Arn.includes(':lambda:');
  const refused = refusal(RoleArn, isFunction ? 'lambda:InvokeFunction' : 'sqs:SendMessage', Arn);
  if (refused === undefined && isFunction) {
    acceptEvent(Arn, JSON.parse(input), eventId);
    return;
  }
  if (refused === undefined && sendTo(Arn, { body: input, attributes: {}, senderId: due.arn })) return;
  const deadLetterArn = DeadLetterConfig?.Arn;
  if (deadLetterArn === undefined || refusal(RoleArn, 'sqs:SendMessage', deadLetterArn) !== undefined) return;
  sendTo(deadLetterArn, {
    body: input,
    attributes: deadLetterAttributes(due, refused ?? 'no such target'),
    senderId: due.arn,
  });
}

/** The input, with Scheduler's own words replaced. */
function inputOf(due: Schedule, eventId: string): string {
  const words: Readonly<Record<string, string>> = {
    'attempt-number': '1',
    'execution-id': eventId,
    'schedule-arn': due.arn,
    'scheduled-time': new Date(due.dueAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  };
  return (due.Target.Input ?? '{}').replace(/<aws\.scheduler\.([a-z-]+)>/g, (all, word: string) => words[word] ?? all);
}

function deadLetterAttributes(due: Schedule, message: string): QueueMessage['attributes'] {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    ERROR_CODE: text('AccessDeniedException'),
    ERROR_MESSAGE: text(message),
    SCHEDULE_ARN: text(due.arn),
    SCHEDULED_TIME: text(new Date(due.dueAt).toISOString()),
    TARGET_ARN: text(due.Target.Arn),
  };
}
