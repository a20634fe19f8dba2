import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../functions/deliveries/templates/rendering.ts';

export const parts = { email: ['from', 'subject', 'html', 'text'], sms: ['from', 'text'] } as const;
export const channels: readonly Channel[] = ['email', 'sms'];
export type Part = (typeof parts)[Channel][number];

/** A template: `file` is where it lies, `name` its path in the folder, `email/en/html.hbs`. */
export type Template = { file: string; name: string; source: string; channel: Channel; language: string; part: Part };

/** A file beside the languages of `email`: what all their html templates may include, `layout.hbs` by `{{> layout}}`. */
export type Partial = { file: string; name: string; source: string };

export type Folder = { templates: Template[]; partials: Partial[] };

/** The templates of these languages, as far as there are any. */
export function readTemplates(directory: string, languages: readonly string[]): Folder {
  const templates = channels.flatMap((channel) =>
    languages.flatMap((language) =>
      parts[channel].flatMap((part) => {
        const name = `${channel}/${language}/${part}.hbs`;
        return existsSync(join(directory, name)) ? [{ ...read(directory, name), channel, language, part }] : [];
      }),
    ),
  );
  const partials = entries(join(directory, 'email'))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => read(directory, `email/${entry.name}`));
  return { templates, partials };
}

function read(directory: string, name: string) {
  const file = join(directory, name);
  return { file, name, source: readFileSync(file, 'utf8') };
}

function entries(directory: string) {
  return existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
}
