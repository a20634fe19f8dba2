import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { SettingsFault } from '../../../infra/settings/fault.ts';
import { readSettings } from '../../../infra/settings.ts';

export const allTemplates = ['email', 'sms'].flatMap((mechanism) =>
  ['ca', 'en', 'es'].map((language) => `templates/${mechanism}/${language}/text.hbs`),
);

/** Makes a project's folder that holds these files, until the test is over. */
export function projectWith(files: Readonly<Record<string, string | Buffer>> | readonly string[]): string {
  const folder = folderWith(Array.isArray(files) ? Object.fromEntries(files.map((file) => [file, ''])) : files);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A project with templates in three languages. */
export const project = folderWith(Object.fromEntries(allTemplates.map((file) => [file, ''])));
afterAll(() => rmSync(project, { recursive: true }));

/** Reads the context in that project. */
export function read(context: unknown) {
  return readSettings(context, { projectDirectory: project });
}

function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

/** The faults of a reading, as `setting: message`; none where it succeeds. */
export function faultsOf(reading: () => unknown): string[] {
  try {
    reading();
    return [];
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults.map(({ setting, message }) => `${setting}: ${message}`);
    throw error;
  }
}
