import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Channel, channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { nameList } from '../settings/nameList.ts';
import { nearestName } from '../settings/nearest.ts';
import { folderOf, organizerChannels, organizerFolder } from './folder.ts';

/** The folders and files that the mechanisms and languages need and the directory lacks. */
export function missingTemplates(
  directory: string,
  languages: readonly string[],
  mechanisms: readonly Channel[],
): string[] {
  if (!existsSync(directory)) return [`there is no folder ${directory}`];
  const used = channels.filter(({ name }) => mechanisms.includes(name));
  return used.flatMap((channel) => missingParts(channel, languages, folderOf(channel, directory), channel.name));
}

/** The same of the letters to organizers, in a directory that has any. */
export function missingOrganizerTemplates(directory: string, languages: readonly string[]): string[] {
  return organizerChannels.flatMap((channel) => {
    const name = `${organizerFolder}/${channel.name}`;
    return missingParts(channel, languages, join(directory, name), name);
  });
}

function missingParts(channel: KnownChannel, languages: readonly string[], from: string, called: string): string[] {
  return languages.flatMap((language) => {
    const name = `${called}/${language}`;
    const folder = join(from, language);
    if (!existsSync(folder)) return [`${name}: there is no such folder`];
    const files = Object.keys(channel.parts).map((part) => `${part}.hbs`);
    return files
      .filter((file) => !existsSync(join(folder, file)))
      .map((file) => `${name}/${file}: there is no such file`);
  });
}

/** What lies in the directory and is never read: another mechanism, or a part that its mechanism does not have. */
export function strayTemplates(directory: string, languages: readonly string[]): string[] {
  const names: string[] = channels.map(({ name }) => name);
  const mechanisms = entriesOf(directory)
    .filter((entry) => entry.isDirectory() && ![...names, organizerFolder].includes(entry.name))
    .map(({ name }) => `unable to load resource for ${name} (${didYouMean(name, names)}there are ${nameList(names)})`);
  const files = channels.flatMap((channel) =>
    languages.flatMap((language) => strayParts(directory, channel, `${channel.name}/${language}`)),
  );
  const ofOrganizers = organizerChannels.flatMap((channel) =>
    languages.flatMap((language) => strayParts(directory, channel, `${organizerFolder}/${channel.name}/${language}`)),
  );
  const told = organizerChannels.map(({ name }) => name);
  const untold = entriesOf(join(directory, organizerFolder))
    .filter((entry) => entry.isDirectory() && !told.some((name) => name === entry.name))
    .map(({ name }) => `unable to load resource for ${organizerFolder}/${name} (there are ${nameList(told)})`);
  return [...mechanisms, ...untold, ...files, ...ofOrganizers];
}

function strayParts(directory: string, channel: KnownChannel, folder: string): string[] {
  const known = Object.keys(channel.parts).map((part) => `${part}.hbs`);
  return entriesOf(join(directory, folder))
    .filter(({ name }) => name.endsWith('.hbs') && !known.includes(name))
    .map(({ name }) => `${folder}/${name}: ${didYouMean(name, known)}${channel.name} has ${known.join(', ')}`);
}

function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near ? `did you mean ${near}? ` : '';
}

function entriesOf(directory: string) {
  return existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
}
