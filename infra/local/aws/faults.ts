import type { AwsCall, AwsRefusal } from './awsCall.ts';

/**
 * How a call fails on order: refused as too many (`throttle`) or for good (`denied`), with a 500, by a connection
 * that ends before the call was carried out (`timeoutBefore`) or after it (`timeoutAfter`), by DynamoDB's
 * TransactionConflict, late (`slow`), or by the end of the calling worker before or after it (`crashBefore`,
 * `crashAfter`).
 */
export const faultKinds = [
  'throttle',
  'denied',
  'error500',
  'timeoutBefore',
  'timeoutAfter',
  'transactionConflict',
  'slow',
  'crashBefore',
  'crashAfter',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface InjectedFault {
  /** As `dynamodb`, `ses`, `sqs`. */
  readonly service: string;
  /** Absent: any. */
  readonly action?: string;
  readonly functionName?: string;
  readonly kind: FaultKind | 'refused';
  /** What the service answers in place of doing it, where the kind is `refused`. */
  readonly refusal?: AwsRefusal;
  /** How many matching calls pass first. Default 0. */
  readonly after?: number;
  /** How many calls it strikes. Absent: as many as come, or `share` of them. */
  readonly count?: number;
  /** The share of calls that it strikes, 0 to 1; spread evenly, so that it does not depend on luck. */
  readonly share?: number;
  /** How late the reply is, or the end of the connection. Default 1,000 for `slow`, else 0. */
  readonly ms?: number;
}

/** The faults that are on order now. */
export interface Faults {
  /** @returns a function that takes the fault back */
  order(fault: InjectedFault): () => void;
  clear(): void;
  /** Says which fault strikes the call, and counts it. */
  strike(call: Pick<AwsCall, 'service' | 'action' | 'caller'>): InjectedFault | undefined;
}

export function createFaults(initial: readonly InjectedFault[] = []): Faults {
  let ordered = initial.map((fault) => ({ fault, seen: 0, struck: 0 }));
  return {
    order: (fault) => {
      const entry = { fault, seen: 0, struck: 0 };
      ordered.push(entry);
      return () => {
        ordered = ordered.filter((other) => other !== entry);
      };
    },
    clear: () => {
      ordered = [];
    },
    strike: (call) => {
      for (const entry of ordered) {
        if (!matches(entry.fault, call)) continue;
        entry.seen += 1;
        if (entry.seen <= (entry.fault.after ?? 0) || entry.struck >= (entry.fault.count ?? Infinity)) continue;
        const due = Math.floor((entry.seen - (entry.fault.after ?? 0)) * (entry.fault.share ?? 1) + 1e-9);
        if (due <= entry.struck) continue;
        entry.struck += 1;
        return entry.fault;
      }
      return undefined;
    },
  };
}

function matches(
  fault: InjectedFault,
  { service, action, caller }: Pick<AwsCall, 'service' | 'action' | 'caller'>,
): boolean {
  return (
    fault.service === service &&
    (fault.action === undefined || fault.action === action) &&
    (fault.functionName === undefined || fault.functionName === caller.functionName)
  );
}

const written = /^([a-z-]+)(?:\.([A-Za-z*]+))?=([A-Za-z0-9]+)(?::(\d+)(%?))?$/;

/**
 * Reads a fault as the command line has it: `ses.SendRawEmail=throttle:3` for the first three calls, `dynamodb=error500:5%` for
 * that share of them, `sns.Publish=timeoutAfter` for all.
 *
 * @throws where it is not of that form
 */
export function parseFault(text: string): InjectedFault {
  const [, service, action, kindName, amount, percent] = written.exec(text) ?? [];
  const kind = faultKinds.find((known) => known === kindName);
  if (service === undefined || kind === undefined) {
    throw new Error(
      `"${text}" is no fault: write service.Action=kind[:count or :share%], kind one of ${faultKinds.join(', ')}`,
    );
  }
  return {
    service,
    kind,
    ...(action !== undefined && action !== '*' && { action }),
    ...(amount !== undefined && (percent === '%' ? { share: Number(amount) / 100 } : { count: Number(amount) })),
  };
}
