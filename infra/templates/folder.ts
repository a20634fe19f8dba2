import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartKind } from '../../functions/deliveries/channels/channel.ts';
import { type Channel, channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { shippedLanguages } from './shippedLanguages.ts';

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

/** Where in a templates' folder those of the letters lie that tell organizers of their own meetings. */
export const organizerFolder = 'organizer';

/** The channels of such letters. */
export const organizerChannels = channels.filter((channel) => channel.reaches === 'address' && channel.tellsOrganizer);

/** Whether an operator's folder has letters to organizers; else those serve that come with the service. */
export function hasOrganizerTemplates(directory: string): boolean {
  return organizerChannels.some(({ name }) => existsSync(join(directory, organizerFolder, name)));
}

/** The templates of these languages, as far as there are any. */
export function readTemplates(directory: string, languages: readonly string[]): Folder {
  const place = (channel: KnownChannel) => ({ folder: folderOf(channel, directory), name: channel.name });
  return { templates: templatesIn(channels, languages, place), partials: partialsIn(directory, email.name) };
}

/**
 * Those of the letters to organizers, in these languages; of the service's own in English where it speaks none of them.
 * Beside the partials of their own they may include those of all mails.
 */
export function readOrganizerTemplates(directory: string, languages: readonly string[]): Folder {
  const own = hasOrganizerTemplates(directory);
  const base = own ? directory : shippedTemplates;
  const place = ({ name }: KnownChannel) => ({
    folder: join(base, organizerFolder, name),
    name: `${organizerFolder}/${name}`,
  });
  return {
    templates: templatesIn(organizerChannels, own ? languages : shippedAmong(languages), place),
    partials: [...partialsIn(base, email.name), ...partialsIn(base, `${organizerFolder}/${email.name}`)],
  };
}

/** Those of the languages in which the service's own letters to organizers are written; the first where there are none. */
export function shippedAmong(languages: readonly string[]): string[] {
  const spoken = languages.filter((language) => shippedLanguages.some((shipped) => shipped === language));
  return spoken.length > 0 ? spoken : [shippedLanguages[0]];
}

/** Where the languages of a channel lie, and how sentences name that. */
interface Place {
  readonly folder: string;
  readonly name: string;
}

function templatesIn(
  of: readonly KnownChannel[],
  languages: readonly string[],
  placeOf: (channel: KnownChannel) => Place,
): TemplateSource[] {
  return of.flatMap((channel) =>
    languages.flatMap((language) =>
      Object.entries(channel.parts).flatMap(([part, kind]): TemplateSource[] => {
        const { folder, name } = placeOf(channel);
        const file = join(folder, language, `${part}.hbs`);
        if (!existsSync(file)) return [];
        return [
          {
            ...readTemplateFile(file, `${name}/${language}/${part}.hbs`),
            channel: channel.name,
            language,
            part,
            kind,
          },
        ];
      }),
    ),
  );
}

function partialsIn(directory: string, folder: string): Partial[] {
  return directoryEntries(join(directory, folder))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => readTemplateFile(join(directory, folder, entry.name), `${folder}/${entry.name}`));
}

function readTemplateFile(file: string, name: string) {
  return { file, name, source: readFileSync(file, 'utf8') };
}

function directoryEntries(directory: string) {
  return existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
}
