import { setTimeout as sleep } from 'node:timers/promises';
import { type CallAnswer, callAs } from '../../../infra/run/demo/call.ts';
import { beginJourney, type Journey, type ShownMeeting } from '../journey.ts';

/** A part of the tour: it needs nobody and nothing that another part has made. */
export interface Story {
  readonly name: string;
  /** Whether it must have the service to itself: it orders faults. */
  readonly alone?: boolean;
  /** The function that reads anew in it what it reads once, when it starts. */
  readonly readsAnew?: string;
  /** @throws where it does not go as it should, at once where the service is refused something */
  tell(stage: Stage): Promise<void>;
}

/** A running service, and what stories do with it. */
export interface Stage {
  readonly service: Journey;
  /** What IAM has refused, as AWS words it. */
  readonly refusals: string[];
  /** Somebody who has not called yet. */
  visitor(...capabilities: string[]): Visitor;
  /** Waits until `look` finds something. @throws at once where IAM has refused something */
  until<Found>(
    what: string,
    look: () => Found | undefined | false | Promise<Found | undefined | false>,
  ): Promise<Found>;
  end(): Promise<void>;
}

export interface Visitor {
  readonly id: string;
  readonly email: string;
  /** @throws where the answer is not of the status */
  call<Body = unknown>(status: number, method: string, path: string, body?: object): Promise<Body>;
  /** @param claims over their own @returns whatever the answer is */
  ask<Body = unknown>(method: string, path: string, body?: object, claims?: object): Promise<CallAnswer<Body>>;
  headers(): Promise<{ authorization: string }>;
  /** Schedules a meeting in an hour, which nobody is told of where nothing else is said. */
  schedule(fields?: object): Promise<Made>;
}

export interface Made extends ShownMeeting {
  readonly ddi: { readonly pin: string };
}

/** Milliseconds; on a machine that is busy with other things, too. */
const patience = 60_000;

let visitors = 0;

/** Starts the service with settings of its own. */
export async function openStage(settings: object, ledgerFile?: string): Promise<Stage> {
  const refusals: string[] = [];
  const service = await beginJourney(settings, {
    workersPerFunction: 1,
    retryDelaysMs: [10, 20],
    longestStreamRetryMs: 100,
    report: (line) => {
      if (line.startsWith('User: ')) refusals.push(line);
    },
    ...(ledgerFile === undefined ? {} : { ledgerFile }),
  });
  return {
    service,
    refusals,
    visitor: (...capabilities) => createVisitor(service, capabilities),
    until: async (what, look) => {
      const deadline = Date.now() + patience;
      for (;;) {
        const found = await look();
        if (found !== undefined && found !== false) return found;
        if (refusals[0] !== undefined) throw new Error(`In vain: ${what}. ${refusals[0]}`);
        if (Date.now() > deadline) throw new Error(`In vain: ${what}`);
        await sleep(20);
      }
    },
    end: () => service.end(),
  };
}

function createVisitor(service: Journey, capabilities: readonly string[]): Visitor {
  visitors += 1;
  const id = `visitor-${process.pid}-${visitors}`;
  const email = `${id}@example.org`;
  const own = { sub: id, 'cognito:username': id, email, email_verified: true, 'cognito:groups': capabilities };
  const visitor: Visitor = {
    id,
    email,
    ask: (method, path, body, claims = {}) =>
      callAs({ url: service.url, token: () => service.token(id, { ...own, ...claims }) }, id, method, path, body),
    call: async (status, method, path, body) => {
      // biome-ignore lint/suspicious/noExplicitAny: a story says what it expects
      const answer = await visitor.ask<any>(method, path, body);
      if (answer.status === status) return answer.json;
      throw new Error(`${method} ${path} was answered with ${answer.status} ${JSON.stringify(answer.json)}`);
    },
    headers: async () => ({ authorization: `Bearer ${await service.token(id, own)}` }),
    schedule: (fields = {}) => {
      const usual = { name: 'Tour', validSince: Date.now() + 3_600_000, participants: [], sendInvitations: false };
      return visitor.call<Made>(201, 'POST', '/meetings', { ...usual, ...fields });
    },
  };
  return visitor;
}
