import { setTimeout as delay } from 'node:timers/promises';
import type { Backend } from './backend.ts';

const lookEveryMs = 10;

/** Waits until nothing runs or is due to run. @throws where that takes longer */
export async function waitUntilIdle(
  { mappings, busy }: Pick<Backend, 'mappings' | 'busy'>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  mappings.nudge(); // what is idle must have looked since now
  for (let still = busy(); still.length > 0; still = busy()) {
    if (Date.now() > deadline)
      throw new Error(`The service has not come to rest in ${timeoutMs} ms: ${still.join(', ')}`);
    await delay(lookEveryMs);
  }
}
