import { parseOptions } from '../parseOptions.ts';
import { failureQueues } from './failureQueues.ts';

export interface RedriveOptions {
  /** Undefined: that of the project's settings. */
  readonly stack: string | undefined;
  /** Undefined: every failure queue is shown. */
  readonly queue: string | undefined;
  /** Whether to bring back what the queue holds, and not only to say what it is. */
  readonly yes: boolean;
}

const options = {
  stack: { type: 'string' },
  queue: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const;

const usage = 'Usage: npm run redrive -- [--stack NAME] [--queue NAME [--yes]]';

/** @throws Error that tells how the command is called */
export function redriveOptions(args: readonly string[]): RedriveOptions {
  const { stack, queue, yes } = parseOptions(args, options, usage);
  if (queue !== undefined && !Object.hasOwn(failureQueues, queue))
    throw new Error(`--queue must be one of ${Object.keys(failureQueues).join(', ')}\n${usage}`);
  if (yes && queue === undefined)
    throw new Error(`--yes goes with --queue: one queue at a time, once what it failed at is mended\n${usage}`);
  return { stack, queue, yes };
}
