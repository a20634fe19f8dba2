import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const platformPackages: Readonly<Record<string, string>> = { 'linux-x64': '@dynoxide/linux-x64' };

/**
 * Finds the dynoxide program: the optional dependency of this platform, else one on the PATH.
 *
 * @returns its path, or undefined where there is none
 */
export function findDatabaseProgram(searchPath = process.env.PATH ?? ''): string | undefined {
  return [installedProgram(), ...searchPath.split(delimiter).map((folder) => join(folder, 'dynoxide'))].find(isProgram);
}

function installedProgram(): string | undefined {
  const name = platformPackages[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
  } catch {
    return undefined; // npm leaves an optional dependency out without a word
  }
}

function isProgram(path: string | undefined): path is string {
  if (path === undefined) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
