import { vi } from 'vitest';

/**
 * Gives each test file the project's modules anew, and the environment that the run began with: handlers read their
 * settings once. What comes from packages is loaded once per worker, which is most of what a file would wait for.
 */
const kept = globalThis as { environmentAtFirst?: NodeJS.ProcessEnv };
kept.environmentAtFirst ??= { ...process.env };
process.env = { ...kept.environmentAtFirst };
vi.resetModules();
