/** How often each function called each action. */
export interface CallCounts {
  add(functionName: string, service: string, action: string): void;
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
}

export function createCallCounts(): CallCounts {
  const counts = new Map<string, CallCount>();
  return {
    add: (functionName, service, action) => {
      const key = `${functionName} ${service}:${action}`;
      counts.set(key, { functionName, service, action, count: (counts.get(key)?.count ?? 0) + 1 });
    },
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
