import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** Has each wait of `node:timers/promises` be over at once until the test has finished. @returns their milliseconds */
export function catchWaits(): readonly (number | undefined)[] {
  const waits: (number | undefined)[] = [];
  const spy = vi.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds, value) => {
    waits.push(milliseconds);
    return value as never;
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    spy.mockRestore();
    syncBuiltinESMExports();
  });
  return waits;
}
