import { log } from '../runtime/log.ts';
import { epochSeconds } from '../runtime/row.ts';
import { callMilliseconds, type Reply, verdictOf } from './attempt.ts';
import type { Drainer, DrainStore } from './drainStore.ts';
import { eventText } from './event.ts';
import type { OwedEvent } from './owedEvent.ts';
import type { OwedEventStore } from './owedEventStore.ts';
import type { ReceiverClient } from './receiverClient.ts';
import { signatureHeaders } from './signature.ts';
import { turnedOff } from './turnedOff.ts';
import { signingSecrets, type Webhook } from './webhook.ts';

export interface TellServices {
  readonly drains: DrainStore;
  readonly events: OwedEventStore;
  readonly receiver: ReceiverClient;
  now(): Date;
  /** Evenly from 0 to 1. */
  chance(): number;
  /** What the function has left of its own time limit. */
  remainingMilliseconds(): number;
}

/** What is to become of the message that brought it: it is over; it comes again after so many seconds; or a new one goes on. */
export type Ending = 'over' | 'continue' | { readonly againAfterSeconds: number };

/** For the table to keep what became of a call. */
const markingMilliseconds = 3_000;

/** So much later than the pause ends does the message come: clocks differ. */
const marginSeconds = 2;

/** Tells a webhook what waits for it, one event after the other, under a lease: nobody else does meanwhile. */
export async function tellWebhook(
  webhookId: string,
  from: string | undefined,
  drainer: Drainer,
  services: TellServices,
): Promise<Ending> {
  const { drains, now } = services;
  const lease = await drains.take(webhookId, from, drainer, now());
  if (lease.kind === 'needless') return 'over';
  if (lease.kind === 'early') return { againAfterSeconds: secondsUntil(lease.until, now()) };
  let webhook: Webhook | undefined = lease.webhook;
  while (webhook) {
    const round = await tellWaiting(webhook, drainer, services);
    if (round.ending) return round.ending;
    if (await drains.release(webhookId, drainer, round.toldUntil, round.isWell)) return 'over';
    webhook = await drains.renew(webhookId, drainer, now());
  }
  return 'over';
}

interface Round {
  /** Undefined where all is told. */
  readonly ending?: Ending;
  readonly toldUntil: string | undefined;
  /** Whether the webhook was failing, and fails no more. */
  readonly isWell: boolean;
}

async function tellWaiting(webhook: Webhook, drainer: Drainer, services: TellServices): Promise<Round> {
  const { drains, events, now } = services;
  let { failingSince, toldUntil } = webhook;
  let isWell = false;
  for await (const event of events.from(webhook.id, toldUntil)) {
    if (isWaiting(event, now())) {
      if (services.remainingMilliseconds() < callMilliseconds + markingMilliseconds) {
        await letGo(webhook.id, drainer, { toldUntil, isWell }, drains);
        return { ending: 'continue', toldUntil, isWell };
      }
      const verdict = await call(webhook, event, failingSince, services);
      if (verdict.kind === 'off') {
        if (await drains.turnOff(webhook.id, drainer, verdict.reason, now())) {
          log.error(turnedOff, { webhookId: webhook.id, reason: verdict.reason });
        }
        return { ending: 'over', toldUntil, isWell };
      }
      if (verdict.kind === 'pause') {
        const until = new Date(now().getTime() + verdict.seconds * 1_000);
        await drains.pause(webhook.id, drainer, { until, failingSince: failingSince ?? now() });
        return { ending: { againAfterSeconds: secondsUntil(until, now()) }, toldUntil, isWell };
      }
      isWell = failingSince !== undefined || isWell;
      failingSince = undefined;
    }
    toldUntil = event.sk;
  }
  return { toldUntil, isWell };
}

/** What came meanwhile is for whoever goes on: nothing is lost where the place that was reached is not kept. */
async function letGo(id: string, drainer: Drainer, { toldUntil, isWell }: Round, drains: DrainStore): Promise<void> {
  if (!(await drains.release(id, drainer, toldUntil, isWell))) await drains.handOver(id, drainer, isWell);
}

/** DynamoDB may remove what has expired two days late. */
function isWaiting({ state, expiresAt }: OwedEvent, now: Date): boolean {
  return state === 'waiting' && expiresAt > epochSeconds(now);
}

async function call(webhook: Webhook, event: OwedEvent, failingSince: Date | undefined, services: TellServices) {
  const { events, receiver, now, chance } = services;
  const at = now();
  const body = eventText(event);
  const reply = await receiver.post(
    webhook.url,
    signatureHeaders({ id: event.id, now: at, body }, signingSecrets(webhook, at)),
    body,
  );
  const circumstances = { attempts: event.attempts.length + 1, failingSince, now: now(), chance: chance() };
  const verdict = verdictOf(reply, circumstances);
  const milliseconds = circumstances.now.getTime() - at.getTime();
  await events.record(webhook.id, event, { at, milliseconds, ...outcomeOf(reply) }, verdict.kind === 'told');
  const ids = { webhookId: webhook.id, eventId: event.id, type: event.type };
  log.info('Webhook called', { ...ids, ...outcomeOf(reply), milliseconds, verdict: verdict.kind });
  return verdict;
}

/** What is kept and shown of an answer. */
export function outcomeOf(reply: Reply): { status: number } | { silence: string } {
  return 'status' in reply ? { status: reply.status } : { silence: reply.silence };
}

function secondsUntil(until: Date, now: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000) + marginSeconds);
}
