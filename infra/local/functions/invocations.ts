/** How often each function ran, and how long. */
export interface InvocationCounts {
  add(functionName: string, milliseconds: number): void;
  all(): InvocationCount[];
  clear(): void;
}

export interface InvocationCount {
  readonly functionName: string;
  readonly count: number;
  /** Of all of them together, each rounded up to a whole one, as Lambda bills them. */
  readonly milliseconds: number;
}

export function createInvocationCounts(): InvocationCounts {
  const counts = new Map<string, InvocationCount>();
  return {
    add: (functionName, milliseconds) => {
      const { count, milliseconds: before } = counts.get(functionName) ?? { count: 0, milliseconds: 0 };
      counts.set(functionName, { functionName, count: count + 1, milliseconds: before + Math.ceil(milliseconds) });
    },
    all: () => [...counts.values()],
    clear: () => counts.clear(),
  };
}
