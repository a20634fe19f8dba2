import type { Stack } from './assembly/stack.ts';
import type { Backend } from './backend.ts';
import type { Database } from './database.ts';
import type { LocalService } from './localService.ts';
import { settle } from './settle.ts';
import type { Issuer } from './tokens/issuer.ts';
import type { Undo } from './undo.ts';

export interface Parts {
  readonly url: string;
  readonly socketUrl: string | undefined;
  readonly awsUrl: string;
  readonly stack: Stack;
  readonly stateDirectory: string;
  readonly database: Database;
  readonly backend: Backend;
  readonly issuer: Issuer;
  readonly undo: Undo;
}

/** Gathers what can be seen of a service that runs, and done with it. */
export function describeService({ database, backend, issuer, undo, ...facts }: Parts): LocalService {
  const { functions, queues, guard, phones, mailbox, clock, logs, calls, faults, mappings } = backend;
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
    send: (queueName, body, attributes = {}) => queueOf(queueName).send({ body, attributes, senderId: 'Tester' }),
    logs: logs.lines,
    recentLogs: logs.recent,
    faults,
    calls,
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
    settled: (timeoutMs = 30_000) => settle(backend, timeoutMs),
    sweepExpired: async () => {
      await database.sweepExpired();
      mappings.nudge();
    },
    stop: undo.run,
  };
}
