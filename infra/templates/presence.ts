import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Channel, channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { nameList } from '../settings/nameList.ts';
import { nearestName } from '../settings/nearest.ts';
import { folderOf } from './folder.ts';

/** The folders and files that the mechanisms and languages need and the directory lacks. */
export function missingTemplates(
  directory: string,
  languages: readonly string[],
  mechanisms: readonly Channel[],
): string[] {
  if (!existsSync(directory)) return [`there is no folder ${directory}`];
  const used = channels.filter(({ name }) => mechanisms.includes(name));
  const folders = used.flatMap((channel) => languages.map((language) => ({ channel, language })));
  return folders.flatMap(({ channel, language }) => {
    const name = `${channel.name}/${language}`;
    const folder = join(folderOf(channel, directory), language);
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
    .filter((entry) => entry.isDirectory() && !names.includes(entry.name))
    .map(({ name }) => `unable to load resource for ${name} (${didYouMean(name, names)}there are ${nameList(names)})`);
  const files = channels.flatMap((channel) =>
    languages.flatMap((language) => strayParts(directory, channel, language)),
  );
  return [...mechanisms, ...files];
}

function strayParts(directory: string, channel: KnownChannel, language: string): string[] {
  const folder = `${channel.name}/${language}`;
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
