import { basename } from 'node:path';
import Handlebars from 'handlebars';
import { templateHelpers } from '../../functions/deliveries/templates/templateHelpers.ts';
import type { Folder, Template } from './folder.ts';

/** The source of the module `virtual:templates`: every template as data that `handlebars/runtime` makes a function of. */
export function templatesModule({ templates, partials }: Folder, languages: readonly string[]): string {
  return [
    `export const languages = ${JSON.stringify(languages)};`,
    `export const email = ${byLanguage(templates.filter(({ channel }) => channel === 'email'))};`,
    `export const sms = ${byLanguage(templates.filter(({ channel }) => channel === 'sms'))};`,
    `export const partials = ${literal(partials.map(({ name, source }) => [partialName(name), compile(name, source, true)]))};`,
  ].join('\n');
}

function byLanguage(templates: Template[]): string {
  const languages = [...new Set(templates.map(({ language }) => language))];
  return literal(
    languages.map((language) => {
      const own = templates.filter((template) => template.language === language);
      return [language, literal(own.map(({ name, part, source }) => [part, compile(name, source, part === 'html')]))];
    }),
  );
}

function literal(entries: string[][]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(',\n')}}`;
}

/** What `{{> name}}` says. */
export function partialName(file: string): string {
  return basename(file, '.hbs');
}

/** @throws where the template cannot be parsed or calls what does not exist; the message begins with the file. */
export function compile(file: string, source: string, escaped: boolean): string {
  try {
    return String(Handlebars.precompile(source, { knownHelpers, knownHelpersOnly: true, noEscape: !escaped }));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

const knownHelpers = Object.fromEntries(Object.keys(templateHelpers).map((name) => [name, true]));
