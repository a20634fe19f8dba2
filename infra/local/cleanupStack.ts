/** The steps that end what has been started: run in the opposite order of being added. */
export interface CleanupStack {
  add(step: () => void | Promise<void>): void;
  /** Runs every step once; one that fails does not keep the others from running. @throws the first failure */
  run(): Promise<void>;
}

export function createCleanupStack(): CleanupStack {
  const steps: (() => void | Promise<void>)[] = [];
  return {
    add: (step) => {
      steps.push(step);
    },
    run: async () => {
      const failures: unknown[] = [];
      for (const step of steps.splice(0).reverse()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
