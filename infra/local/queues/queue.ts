import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { openJournal } from '../journal.ts';
import { createFairOrder, type Ready } from './fairOrder.ts';
import { createTimeHeap } from './timeHeap.ts';

export const messageAttribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

const message = z.object({
  id: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), messageAttribute),
  senderId: z.string(),
  /** Its `MessageGroupId`: in a standard queue, the tenant that it belongs to. */
  group: z.string().optional(),
  /** Epoch milliseconds, as all moments here. */
  sentAt: z.number(),
  visibleAt: z.number(),
  receiveCount: z.number(),
  firstReceivedAt: z.number().optional(),
  /** Of the latest receive; with it the message is deleted. */
  receipt: z.string().optional(),
});

export type QueueMessage = z.infer<typeof message>;

export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly delaySeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  readonly maximumMessageBytes: number;
  readonly redrive: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | undefined;
}

export interface Queue {
  readonly definition: QueueDefinition;
  send(sent: Pick<QueueMessage, 'body' | 'attributes' | 'senderId' | 'group'>, delaySeconds?: number): QueueMessage;
  /** Takes a message that another queue has given up. */
  accept(given: QueueMessage): void;
  /** Takes up to so many messages that are visible now. @param visibilitySeconds default: the queue's visibility time-out */
  receive(maximum: number, visibilitySeconds?: number): QueueMessage[];
  /** Deletes a message by the receipt of its latest receive; an older receipt deletes nothing. */
  delete(receipt: string): void;
  /** @returns false where the receipt is none of a message in flight */
  changeVisibility(receipt: string, timeoutSeconds: number): boolean;
  /** Settles when a message may have become visible, or at the latest after so long. */
  waitForMessage(timeoutMs: number): Promise<void>;
  /** Settles every such wait now. */
  wake(): void;
  /** Ends the delay of every message that nobody has received. @returns how many there were */
  hasten(): number;
  messages(): QueueMessage[];
  close(): void;
}

/**
 * Opens a standard queue that is kept in a journal; it is fair among those whose messages name a group.
 *
 * A message in flight when the process dies is visible again after its visibility time-out, as on AWS when a poller dies.
 *
 * @param giveUp hands a message that was received too often to the queue of that ARN
 */
export function openQueue(
  definition: QueueDefinition,
  journalPath: string,
  giveUp: (queueArn: string, given: QueueMessage) => void,
): Queue {
  const journal = openJournal(journalPath, message);
  const due = createTimeHeap<Ready>();
  const order = createFairOrder();
  const sleepers = new Set<() => void>();

  function keep(changed: QueueMessage): QueueMessage {
    journal.set(changed.id, changed);
    due.push(changed.visibleAt, readyOf(changed));
    return changed;
  }

  function awaken(): void {
    for (const wake of sleepers) wake();
    sleepers.clear();
  }

  /** What a later change has not overtaken. */
  function current({ id, visibleAt }: Ready): QueueMessage | undefined {
    const found = journal.get(id);
    return found?.visibleAt === visibleAt ? found : undefined;
  }

  /** The next visible message. */
  function takeDue(now: number): QueueMessage | undefined {
    for (let entry = due.pop(now); entry !== undefined; entry = due.pop(now)) if (current(entry)) order.add(entry, now);
    for (let entry = order.take(now); entry !== undefined; entry = order.take(now)) {
      const found = current(entry);
      if (found === undefined) continue;
      if (found.sentAt + definition.retentionSeconds * 1000 <= now) journal.delete(found.id);
      else if (definition.redrive && found.receiveCount >= definition.redrive.maxReceiveCount) {
        giveUp(definition.redrive.deadLetterArn, found);
        journal.delete(found.id);
      } else return found;
    }
    return undefined;
  }

  const inFlight = (receipt: string) => {
    const found = journal.get(receipt.split(':')[0] ?? '');
    return found?.receipt === receipt ? found : undefined;
  };

  for (const kept of journal.values()) due.push(kept.visibleAt, readyOf(kept));
  return {
    definition,
    send: (sent, delaySeconds = definition.delaySeconds) => {
      const now = Date.now();
      const id = randomUUID();
      order.sent(sent.group, now);
      const kept = keep({ id, ...sent, sentAt: now, visibleAt: now + delaySeconds * 1000, receiveCount: 0 });
      awaken();
      return kept;
    },
    accept: ({ receipt: _, ...given }) => {
      keep({ ...given, visibleAt: Date.now(), receiveCount: 0 });
      awaken();
    },
    receive: (maximum, visibilitySeconds = definition.visibilityTimeoutSeconds) => {
      const received: QueueMessage[] = [];
      const now = Date.now();
      while (received.length < maximum) {
        const found = takeDue(now);
        if (found === undefined) break;
        order.begin(readyOf(found), now);
        received.push(
          keep({
            ...found,
            visibleAt: now + visibilitySeconds * 1000,
            receiveCount: found.receiveCount + 1,
            firstReceivedAt: found.firstReceivedAt ?? now,
            receipt: `${found.id}:${randomUUID()}`,
          }),
        );
      }
      return received;
    },
    delete: (receipt) => {
      const found = inFlight(receipt);
      if (found === undefined) return;
      journal.delete(found.id);
      order.end(found.id, Date.now());
    },
    changeVisibility: (receipt, timeoutSeconds) => {
      const found = inFlight(receipt);
      const now = Date.now();
      if (found === undefined || found.visibleAt <= now) return false;
      keep({ ...found, visibleAt: now + timeoutSeconds * 1000 });
      awaken();
      return true;
    },
    waitForMessage: (timeoutMs) =>
      new Promise((resolve) => {
        const untilDue = order.hasAny() ? 0 : (due.nextAt() ?? Infinity) - Date.now();
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.max(1, Math.min(timeoutMs, untilDue)));
        sleepers.add(wake);
      }),
    wake: awaken,
    hasten: () => {
      const now = Date.now();
      const delayed = [...journal.values()].filter((one) => one.receiveCount === 0 && one.visibleAt > now);
      for (const one of delayed) keep({ ...one, visibleAt: now });
      awaken();
      return delayed.length;
    },
    messages: () => [...journal.values()],
    close: () => {
      awaken();
      journal.close();
    },
  };
}

function readyOf({ id, group, visibleAt }: QueueMessage): Ready {
  return { id, tenant: group, visibleAt };
}

/** As SQS gives it, and its clients check it. */
export function md5Of(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
