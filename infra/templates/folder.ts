import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartKind } from '../../functions/deliveries/channels/channel.ts';
import { type Channel, channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { email } from '../../functions/deliveries/channels/email/email.ts';

/** A template: `file` is where it lies, `name` its path in the folder, `email/en/html.hbs`. */
export interface TemplateSource {
  readonly file: string;
  readonly name: string;
  readonly source: string;
  readonly channel: Channel;
  readonly language: string;
  readonly part: string;
  readonly kind: PartKind;
}

/** A file beside the languages of `email`: what all their html templates may include, `layout.hbs` by `{{> layout}}`. */
export interface Partial {
  readonly file: string;
  readonly name: string;
  readonly source: string;
}

export interface Folder {
  readonly templates: readonly TemplateSource[];
  readonly partials: readonly Partial[];
}

/** The templates that come with the service. */
export const shippedTemplates = join(import.meta.dirname, '..', '..', 'templates');

/** Where a channel's languages lie: in the operator's folder, or where that has none of the channel's in the shipped one. */
export function folderOf({ name, hasShippedTemplates }: KnownChannel, directory: string): string {
  const own = join(directory, name);
  return hasShippedTemplates && !existsSync(own) ? join(shippedTemplates, name) : own;
}

/** The templates of these languages, as far as there are any. */
export function readTemplates(directory: string, languages: readonly string[]): Folder {
  const templates = channels.flatMap((channel) =>
    languages.flatMap((language) =>
      Object.entries(channel.parts).flatMap(([part, kind]): TemplateSource[] => {
        const file = join(folderOf(channel, directory), language, `${part}.hbs`);
        if (!existsSync(file)) return [];
        return [
          {
            ...readTemplateFile(file, `${channel.name}/${language}/${part}.hbs`),
            channel: channel.name,
            language,
            part,
            kind,
          },
        ];
      }),
    ),
  );
  const partials = directoryEntries(join(directory, email.name))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => readTemplateFile(join(directory, email.name, entry.name), `${email.name}/${entry.name}`));
  return { templates, partials };
}

function readTemplateFile(file: string, name: string) {
  return { file, name, source: readFileSync(file, 'utf8') };
}

function directoryEntries(directory: string) {
  return existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
}
