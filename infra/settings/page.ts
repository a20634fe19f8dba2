import type * as z from 'zod';
import { manual } from './manual.ts';
import { groups } from './schema.ts';

const head = ['Setting', 'Default', 'Values', 'Meaning', 'Example'];

/** Writes the tables of the page of settings: each replaces the one that stands right below its heading. */
export function withTables(page: string): string {
  return Object.entries(groups).reduce((text, [heading, settings]) => {
    const rows = Object.entries<z.ZodType>(settings).map(([name, schema]) => settingRow(name, schema));
    const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
    return text.replace(
      new RegExp(`(\\n## ${heading}\\n\\n)(?:\\|.*\\n)*\\n?`),
      (_, above: string) => `${above}${table}\n`,
    );
  }, page);
}

function settingRow(name: string, schema: z.ZodType): string[] {
  const entry = manual.get(schema);
  if (!entry) throw new Error(`The setting ${name} has no entry in the manual`);
  const byDefault = schema.parse(undefined);
  const written = byDefault === undefined || isEmpty(byDefault) ? '(blank)' : `\`${JSON.stringify(byDefault)}\``;
  return [
    `\`${name}\``,
    entry.blank ? `${written}: ${entry.blank}` : written,
    entry.values,
    entry.meaning,
    `\`${JSON.stringify(entry.example)}\``,
  ];
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
