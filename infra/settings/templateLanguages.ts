import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Fault } from './fault.ts';
import { isTemplateLanguage } from './locales.ts';
import type { InviteMechanism } from './mechanisms.ts';

export interface Found {
  readonly languages: readonly [string, ...string[]];
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/**
 * Finds the languages that have templates for every mechanism in use.
 * One that was named and lacks a folder is a fault; one that was merely found and lacks one is left out with a warning.
 * Where neither mail nor SMS is in use no template is needed, and English serves where none is found.
 */
export function templateLanguages(
  folder: string,
  mechanisms: readonly InviteMechanism[],
  named: readonly string[] | undefined,
): Found {
  const there = { email: languagesIn(join(folder, 'email')), sms: languagesIn(join(folder, 'sms')) };
  const missing = (language: string) =>
    mechanisms
      .filter((mechanism) => !there[mechanism].includes(language))
      .map((mechanism) => join(folder, mechanism, language));
  const found = [...new Set([...there.email, ...there.sms])].sort(englishFirst);
  const [first, ...others] = named ?? found.filter((language) => missing(language).length === 0);
  const languages: Found['languages'] = [first ?? 'en', ...others];
  if (mechanisms.length > 0 && (first === undefined || found.length === 0))
    return { languages, faults: [noTemplates(folder, mechanisms)], warnings: [] };
  const lacking = (named ?? found).flatMap(missing);
  return {
    languages,
    faults: named
      ? lacking.map((path) => ({ setting: 'languagesTemplates', message: `There is no folder ${path}.` }))
      : [],
    warnings: named
      ? []
      : lacking.map((path) => `languagesTemplates: ${basename(path)} is left out, since there is no folder ${path}`),
  };
}

function noTemplates(folder: string, mechanisms: readonly InviteMechanism[]): Fault {
  const wanted = mechanisms.map((mechanism) => join(mechanism, 'en')).join(' and ');
  return {
    setting: 'templatePath',
    message: `No language has its templates in ${folder}: it must hold folders such as ${wanted}.`,
  };
}

function languagesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isFile() && isTemplateLanguage(entry.name))
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

function englishFirst(one: string, other: string): number {
  return Number(other === 'en') - Number(one === 'en') || one.localeCompare(other, 'en');
}
