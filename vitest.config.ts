import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { viteOpenapi } from './infra/openapi/plugin.ts';
import { pagesIn, vitePages } from './infra/page/plugin.ts';
import { viteTemplates } from './infra/templates/plugin.ts';
import { shippedLanguages } from './infra/templates/shippedLanguages.ts';
import { LongestFirst } from './test/sequence.ts';

export default defineConfig({
  plugins: [
    viteTemplates({ directory: join(import.meta.dirname, 'templates'), languages: shippedLanguages }),
    vitePages(pagesIn(import.meta.dirname)),
    viteOpenapi({ linkPath: '/m' }),
  ],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['./test/runDirectory.ts'],
    setupFiles: ['./test/freshModules.ts'],
    isolate: false,
    reporters: ['default', ['./test/reporter.ts', { usesEveryGrant: true }]],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
