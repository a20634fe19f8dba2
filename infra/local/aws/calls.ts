/** How often each function called each action, and what that took. */
export interface CallCounts {
  add(functionName: string, service: string, action: string): void;
  /** Counts the capacity units of a call that was counted. */
  addUnits(functionName: string, service: string, action: string, units: number): void;
  /** @param filter absent: all calls */
  count(filter?: { readonly functionName?: string; readonly service?: string; readonly action?: string }): number;
  all(): CallCount[];
  clear(): void;
}

export interface CallCount {
  readonly functionName: string;
  readonly service: string;
  readonly action: string;
  readonly count: number;
  /** The capacity units of all of them together; absent where nothing meters them. */
  readonly units?: number;
}

export function createCallCounts(): CallCounts {
  const counts = new Map<string, CallCount>();
  const change = (functionName: string, service: string, action: string, next: (known: CallCount) => CallCount) => {
    const key = `${functionName} ${service}:${action}`;
    counts.set(key, next(counts.get(key) ?? { functionName, service, action, count: 0 }));
  };
  return {
    add: (functionName, service, action) =>
      change(functionName, service, action, (known) => ({ ...known, count: known.count + 1 })),
    addUnits: (functionName, service, action, units) =>
      change(functionName, service, action, (known) => ({ ...known, units: (known.units ?? 0) + units })),
    count: (filter = {}) => {
      let sum = 0;
      for (const call of counts.values()) if (matches(call, filter)) sum += call.count;
      return sum;
    },
    all: () => [...counts.values()],
    clear: () => counts.clear(),
  };
}

function matches(call: CallCount, { functionName, service, action }: Partial<CallCount>): boolean {
  return (
    (functionName === undefined || call.functionName === functionName) &&
    (service === undefined || call.service === service) &&
    (action === undefined || call.action === action)
  );
}
