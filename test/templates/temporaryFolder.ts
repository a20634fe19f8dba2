import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export const shippedTemplates = join(import.meta.dirname, '../../templates');

/** A templates' folder for one test: a copy of the shipped one, or none, with these files over it; undefined removes one. */
export function temporaryFolder(files: Record<string, string | Buffer | undefined>, copied?: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'templates-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  if (copied) cpSync(copied, directory, { recursive: true });
  for (const [name, source] of Object.entries(files)) {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    if (source === undefined) rmSync(file, { force: true });
    else writeFileSync(file, source);
  }
  return directory;
}
