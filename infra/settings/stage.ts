import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { SettingFault } from './fault.ts';
import { alternatives, parsedJson } from './kinds.ts';

const folder = 'stages';

/** What a stage is called: it ends the stack's name. */
const stageName = /^[a-z][a-z0-9-]{0,31}$/;

/**
 * Reads `stages/<stage>.json`, which holds the settings in which a stage differs. A blank one takes the default in place
 * of the context's value.
 */
export function readStage(
  projectDirectory: string,
  stage: string,
): { entries: Readonly<Record<string, unknown>>; faults: readonly SettingFault[] } {
  if (!stageName.test(stage)) {
    return stageFault('Must be 1 to 32 lower-case letters, digits and hyphens, a letter first.');
  }
  const file = `${folder}/${stage}.json`;
  if (!existsSync(join(projectDirectory, file)))
    return stageFault(`There is no ${file}${knownStages(projectDirectory)}.`);
  const parsed = z
    .record(z.string(), z.unknown())
    .safeParse(parsedJson(readFileSync(join(projectDirectory, file), 'utf8')));
  return parsed.success ? { entries: parsed.data, faults: [] } : stageFault(`${file} must hold an object of settings.`);
}

function stageFault(message: string): ReturnType<typeof readStage> {
  return { entries: {}, faults: [{ setting: 'stage', message }] };
}

/** Says which there are, so that a slip of the fingers is seen. */
function knownStages(projectDirectory: string): string {
  const directory = join(projectDirectory, folder);
  const files = existsSync(directory) ? readdirSync(directory).filter((file) => file.endsWith('.json')) : [];
  const [only] = files.sort().map((file) => `${folder}/${file}`);
  if (only === undefined) return ': it holds the settings in which the stage differs, {} where none does';
  return files.length === 1
    ? ` (there is ${only})`
    : ` (there are ${alternatives(files.map((file) => `${folder}/${file}`))})`;
}
