import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

/**
 * A folder of the run's own, filled by the first test that asks for it, and shared by all workers.
 *
 * @param name of the folder
 * @throws in all workers where `fill` throws in the first
 */
export async function onceInRun(name: string, fill: (directory: string) => Promise<unknown>): Promise<string> {
  const directory = join(inject('runDirectory'), name);
  const [done, failed] = [`${directory}.done`, `${directory}.failed`];
  if (isFirst(directory)) {
    try {
      await fill(directory);
    } catch (error) {
      writeFileSync(failed, '');
      throw error;
    }
    writeFileSync(done, '');
  }
  while (!existsSync(done)) {
    if (existsSync(failed)) throw new Error(`${name} failed in another test`);
    await sleep(50);
  }
  return directory;
}

/** Only one makes a folder that is not there. */
function isFirst(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch {
    return false;
  }
}
