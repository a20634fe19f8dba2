import { defineConfig } from 'vitest/config';
import { pagesIn, vitePages } from './infra/page/plugin.ts';

export default defineConfig({
  plugins: [vitePages(pagesIn(import.meta.dirname))],
  test: {
    globalSetup: ['./test/runDirectory.ts'],
    include: ['test/browser/**/*.browser.ts'],
    reporters: ['default', './test/reporter.ts'],
    // Long enough for a machine that is busy with other things: no test asks how quickly something happens.
    testTimeout: 600_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 120_000, interval: 250 } },
    // Each file has a browser of its own with several people in it, who mostly wait for each other.
    maxWorkers: 2,
  },
});
