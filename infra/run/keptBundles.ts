import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleInput, type Bundles, bundle, bundlesIn } from '../bundle.ts';

/** Those that this process makes at the moment, by their folder. */
const making = new Map<string, Promise<void>>();

/** So many are kept: those of a few settings, before and after a change. */
const keptAtMost = 4;

/**
 * The functions' bundles, made anew only where a source, a template, a package or an option is another than before:
 * making them is most of what a start waits for.
 *
 * What is deployed is always made anew.
 */
export async function keptBundles(input: BundleInput): Promise<Bundles> {
  const all = join(input.projectDirectory, 'build', 'kept');
  const directory = join(all, keyOf(input));
  if (existsSync(directory)) {
    utimesSync(directory, new Date(), new Date());
    return bundlesIn(directory);
  }
  const made = making.get(directory) ?? makeBundles(input, all, directory).finally(() => making.delete(directory));
  making.set(directory, made);
  await made;
  return bundlesIn(directory);
}

async function makeBundles(input: BundleInput, all: string, directory: string): Promise<void> {
  mkdirSync(all, { recursive: true });
  const unfinished = `${directory}.${process.pid}`;
  await bundle(input, unfinished);
  takeInto(directory, unfinished);
  forgetOldest(all);
}

/** Of everything that the bundles are made of; packages by the lock file. */
function keyOf({ projectDirectory, templates, openapi, brand }: BundleInput): string {
  const hash = createHash('sha256').update(JSON.stringify([templates, openapi, brand]));
  const folders = [join(projectDirectory, 'functions'), join(projectDirectory, 'infra'), templates.directory];
  const files = [join(projectDirectory, 'package-lock.json'), ...folders.flatMap(filesIn)];
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Whole or not at all, and once where two processes made the same. */
function takeInto(directory: string, unfinished: string): void {
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}

/** A service that runs has copies of its own. */
function forgetOldest(all: string): void {
  const age = (name: string) => -statSync(join(all, name)).mtimeMs;
  const byAge = readdirSync(all).sort((one, other) => age(one) - age(other));
  for (const name of byAge.slice(keptAtMost)) rmSync(join(all, name), { recursive: true, force: true });
}
