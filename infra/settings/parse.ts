import * as z from 'zod';
import type { SettingFault } from './fault.ts';
import { nearestName } from './nearest.ts';
import { schema, type Values } from './schema.ts';

/** Parses each setting by itself; one at fault takes its default in `values`, so that the others can still be judged. */
export function parseSettings(entries: Readonly<Record<string, unknown>>): { values: Values; faults: SettingFault[] } {
  const parsed = schema.safeParse(entries);
  const foreign = Object.entries(entries).flatMap(foreignEncoding);
  if (parsed.success && foreign.length === 0) return { values: parsed.data, faults: [] };
  const faults = [...foreign, ...(parsed.error?.issues ?? []).flatMap(faultsOf)];
  const faulty = new Set(faults.map(({ setting }) => setting));
  const sound = Object.entries(entries).filter(([name]) => !faulty.has(name));
  return { values: schema.parse(Object.fromEntries(sound)), faults };
}

/** What is no UTF-8 has been read as U+FFFD, which nobody writes. */
function foreignEncoding([setting, value]: [string, unknown]): SettingFault[] {
  const message = 'Holds a character that is not UTF-8: save the file as UTF-8.';
  return JSON.stringify(value)?.includes('\ufffd') ? [{ setting, message }] : [];
}

function faultsOf({ path: [setting, ...within], ...issue }: z.core.$ZodIssue): SettingFault[] {
  if (setting === undefined && issue.code === 'unrecognized_keys') return issue.keys.map(unknownSetting);
  const where = within.some((part) => typeof part === 'string') ? `${z.core.toDotPath(within)}: ` : '';
  return [{ setting: String(setting ?? 'meetings'), message: `${where}${issue.message}` }];
}

function unknownSetting(name: string): SettingFault {
  const near = nearestName(name, Object.keys(schema.shape));
  return { setting: name.slice(0, 60), message: `There is no such setting${near ? ` (did you mean ${near}?)` : ''}.` };
}
