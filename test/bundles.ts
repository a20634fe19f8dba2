import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { type Bundles, bundle, bundlesIn } from '../infra/bundle.ts';
import { projectDirectory } from '../infra/synthesize.ts';

/** The functions' bundles, made by the first test of a run that asks for them, and shared by all its workers. */
export async function testBundles(): Promise<Bundles> {
  const directory = inject('runDirectory');
  const outputDirectory = join(directory, 'functions');
  const done = join(directory, 'bundled');
  if (isFirst(directory)) {
    const templates = { directory: join(projectDirectory, 'templates'), languages: ['en', 'es', 'ca'] };
    await bundle({ projectDirectory, outputDirectory, templates, openapi: { linkPath: '/m' } });
    writeFileSync(done, '');
  }
  while (!existsSync(done)) await sleep(50);
  return bundlesIn(outputDirectory);
}

/** Only one makes a folder that is not there. */
function isFirst(directory: string): boolean {
  try {
    mkdirSync(join(directory, 'bundling'));
    return true;
  } catch {
    return false;
  }
}
