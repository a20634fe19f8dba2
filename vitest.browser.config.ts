import { defineConfig } from 'vitest/config';
import { roomPageIn, viteRoomPage } from './infra/page/plugin.ts';

export default defineConfig({
  plugins: [viteRoomPage(roomPageIn(import.meta.dirname))],
  test: {
    globalSetup: ['./test/runDirectory.ts'],
    include: ['test/browser/**/*.browser.ts'],
    reporters: ['default', './test/reporter.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Each file has a browser of its own with several people in it; two of them at once would starve a small machine.
    fileParallelism: false,
  },
});
