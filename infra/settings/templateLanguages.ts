import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Channel, channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { folderOf } from '../templates/folder.ts';
import type { SettingFault } from './fault.ts';
import { isTemplateLanguage } from './locales.ts';
import { nameList } from './nameList.ts';

export interface TemplateLanguages {
  readonly languages: readonly [string, ...string[]];
  readonly faults: readonly SettingFault[];
  readonly warnings: readonly string[];
}

/**
 * Finds the languages that have templates for every mechanism in use.
 * One that was named and lacks a folder is a fault; one that was merely found and lacks one is left out with a warning,
 * but for a mechanism whose templates come with the service: a language that has none of those is always a fault.
 * Where no mechanism in use needs templates of the operator's own, English serves where no language is found.
 */
export function templateLanguages(
  folder: string,
  mechanisms: readonly Channel[],
  named: readonly string[] | undefined,
): TemplateLanguages {
  const used = channels.filter(({ name }) => mechanisms.includes(name));
  const own = used.filter(({ hasShippedTemplates }) => !hasShippedTemplates);
  const shipped = used.filter(({ hasShippedTemplates }) => hasShippedTemplates);
  const missing = (of: readonly KnownChannel[], language: string) =>
    of
      .map((channel) => folderOf(channel, folder))
      .filter((there) => !languagesIn(there).includes(language))
      .map((there) => join(there, language));
  const ownFolders = channels
    .filter(({ hasShippedTemplates }) => !hasShippedTemplates)
    .map((channel) => folderOf(channel, folder));
  const found = [...new Set(ownFolders.flatMap(languagesIn))].sort(englishFirst);
  const [first, ...others] = named ?? found.filter((language) => missing(own, language).length === 0);
  const languages: TemplateLanguages['languages'] = [first ?? 'en', ...others];
  if (own.length > 0 && (first === undefined || found.length === 0))
    return { languages, faults: [noTemplates(folder, own)], warnings: [] };
  const lacking = (named ?? found).flatMap((language) => missing(own, language));
  const unspoken = languages.flatMap((language) => missing(shipped, language));
  return {
    languages,
    faults: [...(named ? lacking : []), ...unspoken].map(noFolder),
    warnings: named
      ? []
      : lacking.map((path) => `languagesTemplates: ${basename(path)} is left out, since there is no folder ${path}`),
  };
}

function noFolder(path: string): SettingFault {
  return { setting: 'languagesTemplates', message: `There is no folder ${path}.` };
}

function noTemplates(folder: string, own: readonly KnownChannel[]): SettingFault {
  const wanted = nameList(own.map(({ name }) => join(name, 'en')));
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
