import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import * as z from 'zod';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { SettingsFault } from '../settings/fault.ts';
import { readSettings, type Settings } from '../settings.ts';
import { checkTemplates } from './check.ts';
import { galleryHtml, sizeOf } from './gallery.ts';
import { checkOptions } from './options.ts';
import { dataTable, helperTable } from './reference.ts';
import { type Exhibit, showcase, titleOf } from './showcase.ts';

/** `npm run templates [-- -c wacIni=FILE]`: what templates may use, what the operator's make of it, and their faults. */
const projectDirectory = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const page = join(projectDirectory, 'build', 'templates', 'index.html');

try {
  process.exitCode = await show(settings());
} catch (error) {
  if (!(error instanceof SettingsFault)) throw error;
  console.error(`The settings have faults:\n${error.message}`);
  process.exitCode = 1;
}

async function show(settings: Settings): Promise<number> {
  const options = checkOptions(settings);
  const { faults, warnings } = await checkTemplates(options);
  print('Fields', dataTable());
  print('Helpers', helperTable());
  if (faults.length === 0) {
    const exhibits = await showcase(options);
    for (const exhibit of exhibits) print(titleOf(exhibit), messageLines(exhibit));
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, galleryHtml(exhibits));
    console.log(`The mails as pages: ${relative('.', page)}\n`);
  }
  for (const warning of warnings) console.log(`warning: ${warning}`);
  for (const fault of faults) console.error(`fault: ${fault}`);
  console.log(`${options.directory}: ${countOf(faults, 'fault')}, ${countOf(warnings, 'warning')}`);
  return faults.length > 0 ? 1 : 0;
}

function settings(): Settings {
  const { context = [] } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true } } }).values;
  const given = Object.fromEntries(context.map((pair) => pair.split(/=(.*)/s)));
  const file = JSON.parse(readFileSync(join(projectDirectory, 'cdk.json'), 'utf8'));
  const { meetings, wacIni } = z
    .object({ meetings: z.unknown(), wacIni: z.string().optional() })
    .parse({ ...z.object({ context: z.record(z.string(), z.unknown()) }).parse(file).context, ...given });
  return readSettings(meetings, { projectDirectory, wacIni }).settings;
}

function messageLines({ messages }: Exhibit): string[] {
  return messages.flatMap(({ channel, title, message: { sender, subject, text } }, index) => [
    ...(index > 0 ? [''] : []),
    ...(subject === undefined
      ? [messageHeading(title, [sender && `from ${sender}`, channel === sms.name && sizeOf(text)]), text]
      : [`From     ${sender ?? ''}`, `Subject  ${subject}`, '', ...text.trimEnd().split('\n')]),
  ]);
}

function messageHeading(title: string, facts: readonly (string | false | undefined)[]): string {
  return `${title.padEnd(9)}${facts.filter(Boolean).join(', ')}`;
}

function print(title: string, lines: readonly string[]): void {
  const heading = process.stdout.isTTY ? styleText('bold', title) : title;
  console.log([heading, ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n'));
}

function countOf(sentences: readonly string[], noun: string): string {
  return `${sentences.length || 'no'} ${noun}${sentences.length === 1 ? '' : 's'}`;
}
