import type { Stack } from './assembly/stack.ts';
import type { CallCounts } from './aws/calls.ts';
import type { Faults } from './aws/faults.ts';
import type { Envelope, KeptMail } from './aws/mailbox.ts';
import type { Push, Sms } from './aws/phones.ts';
import type { Backend } from './backend.ts';
import type { CleanupStack } from './cleanupStack.ts';
import type { Database } from './database.ts';
import type { InvocationOutcome } from './functions/functionWorker.ts';
import type { InvocationCounts } from './functions/invocations.ts';
import type { LogLine } from './functions/logs.ts';
import type { Grant } from './iam/grants.ts';
import type { Denied } from './iam/ledger.ts';
import type { QueueMessage } from './queues/queue.ts';
import type { Schedule } from './schedules/schedule.ts';
import type { Issuer } from './tokens/issuer.ts';
import { waitUntilIdle } from './waitUntilIdle.ts';

/** The whole service, as it runs on this machine. */
export interface LocalService {
  /** The HTTP API's address, without a trailing slash. */
  readonly url: string;
  /** The WebSocket API's address, with its stage; undefined where the template has none. */
  readonly socketUrl: string | undefined;
  /** The AWS address. */
  readonly awsUrl: string;
  readonly databaseEndpoint: string;
  readonly stateDirectory: string;
  readonly stack: Stack;
  /**
   * @param claims over the user's own; one that is undefined is left out
   * @returns a bearer token
   */
  token(username: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  mails(): KeptMail[];
  /** The envelopes of the mails, which costs no reading. */
  envelopes(): Envelope[];
  /** A mail byte for byte; undefined where none has that id. */
  rawMail(messageId: string): Buffer | undefined;
  sms(): Sms[];
  pushes(): Push[];
  schedules(): Schedule[];
  /** Fires a schedule now, as if its moment had come. @throws where there is none of that name */
  fire(scheduleName: string): void;
  /** What a queue holds now, in flight or not. @throws where the template has no such queue */
  messages(queueName: string): QueueMessage[];
  /** Ends the delay of what waits in a queue, as if its time had come. @throws where nothing does, or there is no such queue */
  hasten(queueName: string): void;
  /** Puts a message into a queue as someone who may. @throws where the template has no such queue */
  send(queueName: string, body: string, attributes?: QueueMessage['attributes']): QueueMessage;
  logs(functionName?: string): LogLine[];
  /** The last lines of every function: at most 64 KiB each. */
  recentLogs(): LogLine[];
  readonly faults: Faults;
  readonly calls: CallCounts;
  readonly invocations: InvocationCounts;
  denied(): Denied[];
  unusedGrants(): Grant[];
  /** Begins an account of the grants that are used. @returns what says which were, since */
  followGrants(): () => Grant[];
  /** Takes a grant away, as if the template had it not. @returns what gives it back @throws where it has not */
  withhold(grant: Grant): () => void;
  /** Invokes a function as `aws lambda invoke` does. @throws where the template has no such function */
  invoke(functionName: string, event: unknown): Promise<InvocationOutcome>;
  /** Makes a push token one that its platform does not know any more. */
  disablePushToken(token: string): void;
  /**
   * Settles when nothing runs or waits to: streams read to their end, queues that a function follows empty.
   *
   * Schedules that are not due are no part of it.
   *
   * @param timeoutMs default 30,000
   * @throws where that takes longer
   */
  waitUntilIdle(timeoutMs?: number): Promise<void>;
  /** Removes what has expired from the tables now. */
  sweepExpired(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServiceParts {
  readonly url: string;
  readonly socketUrl: string | undefined;
  readonly awsUrl: string;
  readonly stack: Stack;
  readonly stateDirectory: string;
  readonly database: Database;
  readonly backend: Backend;
  readonly issuer: Issuer;
  readonly cleanup: CleanupStack;
}

/** Gathers what can be read from a running service and done to it. */
export function controlService({ database, backend, issuer, cleanup, ...facts }: ServiceParts): LocalService {
  const { functions, queues, guard, phones, mailbox, clock, logs, calls, invocations, faults, mappings } = backend;
  const queueOf = (name: string) => {
    const queue = queues.all.find(({ definition }) => definition.name === name);
    if (queue === undefined) throw new Error(`The template has no queue ${name}`);
    return queue;
  };
  return {
    ...facts,
    databaseEndpoint: database.endpoint,
    token: issuer.issue,
    mails: mailbox.mails,
    envelopes: mailbox.envelopes,
    rawMail: mailbox.raw,
    sms: phones.sms.all,
    pushes: phones.pushes.all,
    schedules: clock.all,
    fire: (name) => {
      if (clock.fireNow(name) === 0) throw new Error(`There is no schedule ${name}`);
    },
    messages: (queueName) => queueOf(queueName).messages(),
    hasten: (queueName) => {
      if (queueOf(queueName).hasten() === 0) throw new Error(`Nothing is delayed in ${queueName}`);
    },
    send: (queueName, body, attributes = {}) => queueOf(queueName).send({ body, attributes, senderId: 'Tester' }),
    logs: logs.lines,
    recentLogs: logs.recent,
    faults,
    calls,
    invocations,
    denied: guard.ledger.denied,
    unusedGrants: guard.ledger.unused,
    followGrants: guard.ledger.follow,
    withhold: guard.withhold,
    invoke: (functionName, event) => {
      const local = functions.byName(functionName);
      if (local === undefined) throw new Error(`The template has no function ${functionName}`);
      return local.invoke(event);
    },
    disablePushToken: phones.disable,
    waitUntilIdle: (timeoutMs = 30_000) => waitUntilIdle(backend, timeoutMs),
    sweepExpired: async () => {
      await database.sweepExpired();
      mappings.nudge();
    },
    stop: cleanup.run,
  };
}
