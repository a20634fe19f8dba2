import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../functions/deliveries/templates/rendering.ts';
import { nearest } from '../settings/nearest.ts';
import { channels, parts } from './folder.ts';

/** The folders and files that the mechanisms and languages need and the directory lacks. */
export function missingTemplates(
  directory: string,
  languages: readonly string[],
  mechanisms: readonly Channel[],
): string[] {
  if (!existsSync(directory)) return [`there is no folder ${directory}`];
  const folders = mechanisms.flatMap((channel) => languages.map((language) => ({ channel, language })));
  return folders.flatMap(({ channel, language }) => {
    const folder = `${channel}/${language}`;
    if (!existsSync(join(directory, folder))) return [`${folder}: there is no such folder`];
    const files = parts[channel].map((part) => `${folder}/${part}.hbs`);
    return files.filter((file) => !existsSync(join(directory, file))).map((file) => `${file}: there is no such file`);
  });
}

/** What lies in the directory and is never read: another mechanism, or a part that its mechanism does not have. */
export function strayTemplates(directory: string, languages: readonly string[]): string[] {
  const mechanisms = entriesOf(directory)
    .filter((entry) => entry.isDirectory() && !channels.some((channel) => channel === entry.name))
    .map(({ name }) => `unable to load resource for ${name} (${guess(name, channels)}there are email and sms)`);
  const files = channels.flatMap((channel) =>
    languages.flatMap((language) => strayParts(directory, channel, language)),
  );
  return [...mechanisms, ...files];
}

function strayParts(directory: string, channel: Channel, language: string): string[] {
  const folder = `${channel}/${language}`;
  const known = parts[channel].map((part) => `${part}.hbs`);
  return entriesOf(join(directory, folder))
    .filter(({ name }) => name.endsWith('.hbs') && !known.includes(name))
    .map(({ name }) => `${folder}/${name}: ${guess(name, known)}${channel} has ${known.join(', ')}`);
}

function guess(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near ? `did you mean ${near}? ` : '';
}

function entriesOf(directory: string) {
  return existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
}
