import { defineConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/** What takes longer than one waits for after each change: whole processes that are killed, hundreds of random runs. */
export default defineConfig({
  ...tests,
  test: {
    ...tests.test,
    include: ['test/**/*.proof.ts'],
    reporters: ['default', './test/reporter.ts'],
    // The longest take two minutes here: what hangs must not cost the tier its time.
    testTimeout: 400_000,
    // They keep whole services busy: two at once would starve a small machine.
    fileParallelism: false,
  },
});
