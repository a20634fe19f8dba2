/** What has been started, to be ended in the opposite order. */
export interface Undo {
  add(step: () => void | Promise<void>): void;
  /** Ends everything; a step that fails does not keep the others from ending. @throws the first failure */
  run(): Promise<void>;
}

export function createUndo(): Undo {
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
