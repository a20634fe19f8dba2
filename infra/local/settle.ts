import { setTimeout as delay } from 'node:timers/promises';
import type { Backend } from './backend.ts';

const lookEveryMs = 10;

/** Settles when nothing runs or waits to run. @throws where that takes longer */
export async function settle(
  { mappings, isIdle }: Pick<Backend, 'mappings' | 'isIdle'>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  mappings.nudge(); // what is idle must have looked since now
  while (!isIdle()) {
    if (Date.now() > deadline) throw new Error(`The service has not come to rest in ${timeoutMs} ms`);
    await delay(lookEveryMs);
  }
}
