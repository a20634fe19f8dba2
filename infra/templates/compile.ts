import { basename } from 'node:path';
import Handlebars from 'handlebars';
import type { PartKind } from '../../functions/deliveries/channels/channel.ts';
import { templateHelpers } from '../../functions/deliveries/templates/templateHelpers.ts';
import type { Folder, TemplateSource } from './folder.ts';

/** The source of a module of templates, each as data that `handlebars/runtime` makes a function of. */
export function moduleOfFolder(folder: Folder, languages: readonly string[]): string {
  return Object.entries(literalsOf(folder, languages))
    .map(([name, literal]) => `export const ${name} = ${literal};`)
    .join('\n');
}

/** The same as literals of JavaScript, by their names. */
export function literalsOf({ templates, partials }: Folder, languages: readonly string[]) {
  return {
    languages: JSON.stringify(languages),
    templates: objectLiteral(groupsBy('channel', templates).map(([channel, own]) => [channel, byLanguage(own)])),
    partials: objectLiteral(partials.map(({ name, source }) => [partialName(name), compile(name, source, 'escaped')])),
  };
}

function byLanguage(templates: readonly TemplateSource[]): string {
  return objectLiteral(
    groupsBy('language', templates).map(([language, own]) => [
      language,
      objectLiteral(own.map(({ name, part, source, kind }) => [part, compile(name, source, kind)])),
    ]),
  );
}

function groupsBy(
  key: 'channel' | 'language',
  templates: readonly TemplateSource[],
): [value: string, own: readonly TemplateSource[]][] {
  const values = [...new Set(templates.map((template) => template[key]))];
  return values.map((value) => [value, templates.filter((template) => template[key] === value)]);
}

export function objectLiteral(entries: string[][]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(',\n')}}`;
}

/** What `{{> name}}` says. */
export function partialName(file: string): string {
  return basename(file, '.hbs');
}

/** @throws where the template cannot be parsed or calls what does not exist; the message begins with the file. */
export function compile(file: string, source: string, kind: PartKind): string {
  try {
    return String(Handlebars.precompile(source, { knownHelpers, knownHelpersOnly: true, noEscape: kind === 'plain' }));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

const knownHelpers = Object.fromEntries(Object.keys(templateHelpers).map((name) => [name, true]));
