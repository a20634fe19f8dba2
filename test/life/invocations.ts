import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import * as clients from '../../functions/runtime/clients.ts';
import type { AwsRefusal, Protocol } from '../../infra/local/aws/awsCall.ts';
import { internalErrorOf, throttleOf, transactionConflictOf } from '../../infra/local/aws/faultReplies.ts';
import { jsonProtocol } from '../../infra/local/aws/jsonProtocol.ts';
import { queryProtocol } from '../../infra/local/aws/queryProtocol.ts';
import { restProtocol } from '../../infra/local/aws/restProtocol.ts';

export const troubleKinds = [
  'throttle',
  'error500',
  'transactionConflict',
  'lostCall',
  'lostAnswer',
  'killBefore',
  'killAfter',
] as const;

/** What happens to an invocation: from its n-th call of AWS on (0 is the first), so many calls fail. */
export interface Trouble {
  readonly call: number;
  readonly kind: (typeof troubleKinds)[number];
  readonly times: number;
  /** What happens to later calls of the same invocation. */
  readonly also?: Trouble | undefined;
}

/** What a trouble that struck may excuse: the same mail sent once more to somebody. */
export interface Tally {
  /** Invocations that ended in the middle. */
  killed: number;
  /** Calls that were carried out, or not, without an answer. */
  unanswered: number;
  /** Calls that failed so often that they were given up. */
  givenUp: number;
  /** Calls of SNS that left, whatever became of them. */
  published: number;
}

interface Invocation {
  readonly trouble: Trouble | undefined;
  readonly tally: Tally;
  readonly die: () => void;
  calls: number;
  dead: boolean;
}

export const killed = Symbol('killed');

type Send = (request: WireRequest, options: unknown) => Promise<{ response: WireResponse }>;

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface WireResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** The SDK gives a call up after so many attempts. */
const sdkAttempts = 3;

const protocols: Readonly<Record<string, Protocol>> = {
  dynamodb: jsonProtocol('1.0'),
  sqs: jsonProtocol('1.0'),
  ses: queryProtocol('http://ses.amazonaws.com/doc/2010-12-01/'),
  sns: queryProtocol('http://sns.amazonaws.com/doc/2010-03-31/'),
  scheduler: restProtocol([], { body: 'json' }),
};

/**
 * Runs handlers in this process as Lambda would in several: of all calls of AWS that wait one is let through at a time,
 * and `nextOf` says which; an invocation can be ended at any of its calls, after which nothing of it goes on.
 */
export function createInvocations(nextOf: (waiting: number) => number) {
  const current = new AsyncLocalStorage<Invocation>();
  const turns = createTurns(nextOf);
  const senders: Readonly<Record<string, { config: unknown }>> = {
    dynamodb: clients.documents(),
    sqs: clients.queues(),
    ses: clients.mails(),
    sns: clients.notifications(),
    'sns-once': clients.textMessages(),
    scheduler: clients.schedules(),
  };
  for (const [name, { config }] of Object.entries(senders)) intercept(name.replace('-once', ''), config as Config);

  interface Config {
    requestHandler: { handle: Send };
  }

  function intercept(service: string, config: Config): void {
    const { requestHandler } = config;
    const plain: Send = requestHandler.handle.bind(requestHandler);
    requestHandler.handle = (request, options) => {
      const invocation = current.getStore();
      return invocation ? send(service, invocation, request, () => plain(request, options)) : plain(request, options);
    };
  }

  async function send(
    service: string,
    invocation: Invocation,
    request: WireRequest,
    carryOut: () => ReturnType<Send>,
  ): ReturnType<Send> {
    const kind = kindOf(invocation);
    const done = await turns.take();
    try {
      if (kind === 'killBefore') end(invocation);
      if (invocation.dead) return await never(done);
      if (service === 'sns') invocation.tally.published += 1;
      if (kind === 'lostCall') return lost(invocation);
      const refusal = refusalOf(service, kind, request);
      if (refusal) return { response: refusal };
      const answer = await carryOut().catch((error: unknown) => {
        // On a machine that is busy the SDK gives up waiting by itself.
        invocation.tally.unanswered += 1;
        throw error;
      });
      if (kind === 'killAfter') {
        end(invocation);
        return await never(done);
      }
      return kind === 'lostAnswer' ? lost(invocation) : answer;
    } finally {
      done();
    }
  }

  return {
    /** What `work` gives, or that its worker was killed. */
    async invoke<Result>(
      work: () => Promise<Result>,
      tally: Tally,
      trouble: Trouble | undefined,
    ): Promise<Result | typeof killed> {
      return new Promise((resolve, reject) => {
        const invocation = { trouble, tally, die: () => resolve(killed), calls: 0, dead: false };
        current.run(invocation, () => work().then(resolve, reject));
      });
    },
  };
}

/** What strikes the next call of an invocation. */
function kindOf(invocation: Invocation): Trouble['kind'] | undefined {
  const number = invocation.calls;
  invocation.calls += 1;
  const strikes = ({ call, times }: Trouble) => number >= call && number < call + times;
  const trouble = [invocation.trouble, invocation.trouble?.also].find((one) => one && strikes(one));
  if (!trouble) return undefined;
  if (number === trouble.call + sdkAttempts - 1) invocation.tally.givenUp += 1;
  return trouble.kind;
}

function end(invocation: Invocation): void {
  if (invocation.dead) return;
  invocation.dead = true;
  invocation.tally.killed += 1;
  invocation.die();
}

/** Waits for good; whoever else waits goes on. */
function never(done: () => void): Promise<never> {
  done();
  return new Promise<never>(() => {});
}

function lost({ tally }: Invocation): never {
  tally.unanswered += 1;
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function refusalOf(service: string, kind: Trouble['kind'] | undefined, request: WireRequest): WireResponse | undefined {
  if (kind === 'throttle') return written(service, throttleOf(service));
  if (kind === 'error500') return written(service, internalErrorOf(service));
  if (kind !== 'transactionConflict' || service !== 'dynamodb') return undefined;
  const isTransaction = request.headers['x-amz-target']?.endsWith('.TransactWriteItems') === true;
  if (!isTransaction) return undefined;
  return written(
    service,
    transactionConflictOf({ input: JSON.parse(new TextDecoder().decode(request.body)) } as never),
  );
}

function written(service: string, refusal: AwsRefusal): WireResponse {
  const reply = protocols[service]?.refuse(refusal, 'request-1');
  if (!reply) throw new Error(`No protocol of ${service} is known`);
  const { status, headers, body = '' } = reply;
  return { statusCode: status, headers: headers as Record<string, string>, body: Readable.from([Buffer.from(body)]) };
}

/** One at a time goes on: of those that wait, once none comes any more, the one that `nextOf` says. */
function createTurns(nextOf: (waiting: number) => number) {
  const waiting: (() => void)[] = [];
  let busy = false;

  function next(): void {
    if (busy || waiting.length === 0) return;
    busy = true;
    setImmediate(() => setImmediate(() => waiting.splice(nextOf(waiting.length), 1)[0]?.()));
  }

  return {
    take: () =>
      new Promise<() => void>((resolve) => {
        let over = false;
        const done = () => {
          if (over) return;
          over = true;
          busy = false;
          next();
        };
        waiting.push(() => resolve(done));
        next();
      }),
  };
}
