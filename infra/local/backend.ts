import { join } from 'node:path';
import type { Stack } from './assembly/stack.ts';
import type { AwsAddress } from './aws/address.ts';
import type { AwsCall } from './aws/awsCall.ts';
import { type CallCounts, createCallCounts } from './aws/calls.ts';
import { createFaults, type Faults, type InjectedFault } from './aws/faults.ts';
import { type KeptMails, openMailbox } from './aws/mailbox.ts';
import { openPhones, type Phones } from './aws/phones.ts';
import { readSecretsFrom } from './aws/secrets.ts';
import { createAwsServices } from './awsServices.ts';
import type { CleanupStack } from './cleanupStack.ts';
import { type EventBuses, openEventBuses } from './events/eventBuses.ts';
import { readRules } from './events/rules.ts';
import { type AsynchronousInvoker, openAsynchronousInvoker } from './functions/asynchronous.ts';
import { destinationMessages } from './functions/destinations.ts';
import { readFunctions } from './functions/functionDefinition.ts';
import { type Functions, startFunctions } from './functions/functions.ts';
import { createInvocationCounts, type InvocationCounts } from './functions/invocations.ts';
import { type Logs, openLogs } from './functions/logs.ts';
import { type Connections, createConnections } from './gateway/connections.ts';
import { type Guard, openGuard } from './iam/guard.ts';
import { operatorAccessKey } from './iam/operator.ts';
import { type Mappings, startMappings } from './mappings/startMappings.ts';
import type { NamesHere } from './network/namesHere.ts';
import { openQueues, type Queues } from './queues/queues.ts';
import type { Report } from './report.ts';
import { fireSchedule } from './schedules/fireSchedule.ts';
import { openScheduleClock, type ScheduleClock } from './schedules/scheduleClock.ts';
import type { Issuer } from './tokens/issuer.ts';
import { openUserJournal } from './userPools/members.ts';

/** What runs when the service ends has this long to come to its own end. */
const graceMs = 3_000;

export interface BackendOptions {
  readonly stack: Stack;
  readonly stateDirectory: string;
  readonly aws: AwsAddress;
  readonly databaseEndpoint: string;
  readonly faults: readonly InjectedFault[];
  readonly ledgerFile: string;
  readonly workersPerFunction: number;
  readonly namesHere: NamesHere | undefined;
  readonly retryDelaysMs: readonly number[];
  readonly longestStreamRetryMs: number;
  readonly countsCapacity: boolean;
  readonly sign: Issuer['sign'];
  readonly report: Report;
}

/** All that runs behind the doors. */
export interface Backend {
  readonly functions: Functions;
  readonly guard: Guard;
  readonly buses: EventBuses;
  readonly queues: Queues;
  readonly clock: ScheduleClock;
  readonly connections: Connections;
  readonly mailbox: KeptMails;
  readonly phones: Phones;
  readonly logs: Logs;
  readonly calls: CallCounts;
  readonly invocations: InvocationCounts;
  readonly faults: Faults;
  readonly mappings: Mappings;
  /** Names what runs an event, or has one that waits. */
  readonly busy: () => string[];
}

/** Starts the functions, what calls them, and the AWS services that they call. */
export function startBackend(options: BackendOptions, cleanup: CleanupStack): Backend {
  const { stack, aws, report, databaseEndpoint } = options;
  const inState = (name: string) => join(options.stateDirectory, name);
  const logs = openLogs(inState('logs'));
  const definitions = readFunctions(stack);
  const roleOf = (name: string) => definitions.find((definition) => definition.name === name)?.roleArn;
  const guard = openGuard({ stack, ledgerFile: options.ledgerFile, roleOf, onDenied: report.line });
  const queues = openQueues(stack, inState('queues'));
  cleanup.add(queues.close);
  const mailbox = openMailbox(inState('mails'));
  cleanup.add(mailbox.close);
  const phones = openPhones(inState('phones'));
  cleanup.add(phones.close);
  const members = openUserJournal(inState('user-pools.jsonl'));
  cleanup.add(members.close);

  const invocations = createInvocationCounts();
  const functions = startFunctions({
    definitions,
    awsUrl: aws.url,
    logs,
    workersPerFunction: options.workersPerFunction,
    onInvoked: invocations.add,
    namesHere: options.namesHere,
    onFailure: (name, message) => report.line(`${name} failed: ${message}`),
  });
  cleanup.add(functions.stop);
  const { clock, invoker } = startClock(options, { guard, queues, functions }, cleanup);
  const mappings = startMappings({
    stack,
    functions,
    queues,
    endpoint: databaseEndpoint,
    directory: inState('mappings'),
    longestStreamRetryMs: options.longestStreamRetryMs,
    mayDo: (name, action, resource) => guard.refusalOf(roleOf(name) ?? '', { action, resource }, name) === undefined,
    onError: report.error,
  });
  cleanup.add(mappings.stop);

  const calls = createCallCounts();
  const faults = createFaults(options.faults);
  const connections = createConnections();
  const secrets = readSecretsFrom(inState('secrets.json'), parametersOf(stack));
  const buses = openEventBuses({
    rules: readRules(stack),
    acceptEvent: invoker.accept,
    sendTo: (queueArn, message) => queues.byArn(queueArn)?.send(message) !== undefined,
    mayTarget: guard.mayTarget,
    report: report.line,
  });
  const stores = { buses, queues, clock, connections, mailbox, phones, secrets, members };
  const services = { stack, endpoint: databaseEndpoint, functions, guard, sign: options.sign, ...stores };
  const acceptEvent = invoker.accept;
  const onConsumed = options.countsCapacity
    ? ({ caller, service, action }: AwsCall, units: number) =>
        calls.addUnits(caller.functionName, service, action, units)
    : undefined;
  aws.serve({
    services: createAwsServices({ ...services, acceptEvent, onWrite: mappings.nudge, onConsumed }),
    knows: (accessKey) => accessKey === operatorAccessKey || functions.byName(accessKey) !== undefined,
    authorize: (call, permissions) =>
      call.caller.functionName === operatorAccessKey ? undefined : guard.authorize(call, permissions),
    calls,
    faults,
    crash: async (name, sessionToken) => functions.byName(name)?.kill(sessionToken),
    onError: report.error,
  });
  cleanup.add(() => endFunctionsSoon(functions));
  return {
    functions,
    guard,
    buses,
    queues,
    clock,
    connections,
    mailbox,
    phones,
    logs,
    calls,
    invocations,
    faults,
    mappings,
    busy: () => [
      ...functions.all.filter((local) => !local.isIdle()).map(({ definition }) => definition.name),
      ...(invoker.isIdle() ? [] : ['an asynchronous event']),
      ...mappings.busy(),
    ],
  };
}

function endFunctionsSoon(functions: Functions): void {
  setTimeout(() => {
    functions.stop().catch(() => {}); // it is stopped again, and heard, in its turn
  }, graceMs).unref();
}

/** Starts the clock of the schedules, and what runs the events that it fires. */
function startClock(
  { stateDirectory, retryDelaysMs, report }: BackendOptions,
  { guard, queues, functions }: Pick<Backend, 'guard' | 'queues' | 'functions'>,
  cleanup: CleanupStack,
): { readonly clock: ScheduleClock; readonly invoker: AsynchronousInvoker } {
  const invoker = openAsynchronousInvoker({
    journalPath: join(stateDirectory, 'schedules', 'events.jsonl'),
    functionByArn: functions.byArn,
    retryDelaysMs,
    onEnd: (ending) => {
      const definition = functions.byArn(ending.event.functionArn)?.definition;
      if (definition === undefined) return;
      for (const { destinationArn, body, attributes } of destinationMessages(ending, definition)) {
        const permission = { action: 'sqs:SendMessage', resource: destinationArn };
        const refusal = guard.refusalOf(definition.roleArn, permission, definition.name);
        const queue = queues.byArn(destinationArn);
        if (queue === undefined) report.line(`There is no queue ${destinationArn}`);
        else if (refusal === undefined) queue.send({ body, attributes, senderId: definition.name });
      }
    },
  });
  const clock = openScheduleClock(join(stateDirectory, 'schedules', 'schedules.jsonl'), (due, eventId) =>
    fireSchedule(due, eventId, {
      acceptEvent: invoker.accept,
      sendTo: (queueArn, message) => queues.byArn(queueArn)?.send(message) !== undefined,
      refusal: (roleArn, action, resource) => guard.refusalOf(roleArn, { action, resource }, 'scheduler'),
    }),
  );
  invoker.start();
  clock.start();
  cleanup.add(invoker.stop);
  cleanup.add(clock.stop);
  return { clock, invoker };
}

function parametersOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    stack.ofType('AWS::SSM::Parameter').map(({ name, attributes }) => [name, attributes.Value ?? '']),
  );
}
