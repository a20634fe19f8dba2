import type { QueueMessage } from '../queues/queue.ts';
import { type BusEvent, busEvent, type EventEntry } from './busEvent.ts';
import type { Rule, RuleTarget } from './rules.ts';
import { inputOf } from './targetInput.ts';

/** The event buses of a template, and the account's default one. */
export interface EventBuses {
  /**
   * Hands an event to the targets of each rule of the bus that takes it.
   *
   * @param delayMs how long after it they hear of it at the soonest; default 0
   * @returns the event's id
   */
  put(busName: string, entry: EventEntry, delayMs?: number): string;
}

export interface EventBusesOptions {
  readonly rules: readonly Rule[];
  /** Hands an event to Lambda, which keeps it. */
  readonly acceptEvent: (functionArn: string, payload: unknown, id: string, delayMs?: number) => void;
  /** Sends to a queue. @returns false where there is no such queue */
  readonly sendTo: (queueArn: string, message: Pick<QueueMessage, 'body' | 'attributes' | 'senderId'>) => boolean;
  /** Says whether a target takes what a rule sends. */
  readonly mayTarget: (targetArn: string, ruleArn: string) => boolean;
  readonly report: (line: string) => void;
}

export function openEventBuses(options: EventBusesOptions): EventBuses {
  return {
    put: (busName, entry, delayMs) => {
      const event = busEvent(entry);
      for (const rule of options.rules) {
        if (rule.busName !== busName || !rule.matches(event)) continue;
        for (const target of rule.targets) handOver(event, rule, target, delayMs, options);
      }
      return event.id;
    },
  };
}

/** What a target does not take goes to the rule's dead-letter queue at once (EventBridge user guide, "Using dead-letter queues"). */
function handOver(
  event: BusEvent,
  rule: Rule,
  target: RuleTarget,
  delayMs: number | undefined,
  { acceptEvent, sendTo, mayTarget, report }: EventBusesOptions,
): void {
  const { Arn, DeadLetterConfig } = target;
  const input = inputOf(target, event);
  const isAllowed = mayTarget(Arn, rule.arn);
  if (isAllowed && Arn.includes(':lambda:')) {
    acceptEvent(Arn, input, `${event.id} ${rule.name} ${target.Id}`, delayMs);
    return;
  }
  if (isAllowed && sendTo(Arn, { body: JSON.stringify(input), attributes: {}, senderId: rule.arn })) return;
  report(`The rule ${rule.name} did not reach ${Arn}`);
  const deadLetterArn = DeadLetterConfig?.Arn;
  if (deadLetterArn === undefined || !mayTarget(deadLetterArn, rule.arn)) return;
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  sendTo(deadLetterArn, {
    body: JSON.stringify(event),
    attributes: { RULE_ARN: text(rule.arn), TARGET_ARN: text(Arn), ERROR_CODE: text('NO_PERMISSIONS') },
    senderId: rule.arn,
  });
}
