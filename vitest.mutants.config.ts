import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import tests from './vitest.config.ts';

const rules = ['deliveries', 'events', 'handlers', 'meetings', 'reminders', 'rooms', 'runtime', 'users'];
const isUnit = (file: string) => !/\bstart(?:Service|StoreTable|Aws)\b/.test(readFileSync(file, 'utf8'));

/** What mutants are shown to: the tests of rules that start no table and no AWS, so that each takes seconds. */
export default defineConfig({
  ...tests,
  test: {
    ...tests.test,
    include: rules.flatMap((folder) => globSync(`test/${folder}/**/*.test.ts`)).filter(isUnit),
    exclude: ['test/deliveries/logMessages.test.ts'],
    reporters: ['default'],
    fileParallelism: false,
  },
});
