import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { readWacIni } from '../wacIni.ts';
import type { SettingFault } from './fault.ts';
import { parsedJson } from './kinds.ts';
import { settingsOfTheManual } from './schema.ts';
import { readStage } from './stage.ts';

export interface SettingsSource {
  /** The folder of cdk.json, absolute; `templatePath` is relative to it. */
  readonly projectDirectory: string;
  /** A wac.ini, absolute or relative to the project's folder. */
  readonly wacIni?: string | undefined;
  /** Names the file of settings that stand over the context's. */
  readonly stage?: string | undefined;
  /** Where the stack is deployed, where that is known. */
  readonly region?: string | undefined;
}

/** What was given, before any value is looked at. */
export interface Given {
  readonly entries: Readonly<Record<string, unknown>>;
  readonly faults: readonly SettingFault[];
  readonly warnings: readonly string[];
  /** The folder that `templatePath` is relative to, and what serves where it is not set. */
  readonly templates: { readonly from: string; readonly otherwise: string };
}

/**
 * Gathers the entries of the context, of the stage's file over them, and of the wac.ini where there is one; blank ones are
 * as if they were not there.
 */
export function gatherEntries(context: unknown, { projectDirectory, wacIni, stage }: SettingsSource): Given {
  const inContext = withStage(entriesOf(context), stage ? readStage(projectDirectory, stage) : undefined);
  const shipped = join(projectDirectory, 'templates');
  if (!wacIni) return { ...inContext, warnings: [], templates: { from: projectDirectory, otherwise: shipped } };
  const file = resolve(projectDirectory, wacIni);
  const { values, faults } = readIni(file);
  const [replaced, kept] = splitReplaced(inContext.entries);
  const beside = join(dirname(file), 'meetings', 'tpl');
  return {
    entries: { ...kept, ...withoutBlanks(values) },
    faults: [...inContext.faults, ...faults],
    warnings: replaced.length > 0 ? [`wacIni: ${file} replaces ${replaced.join(', ')} of the context`] : [],
    templates: { from: dirname(file), otherwise: existsSync(beside) ? beside : shipped },
  };
}

type Entries = Pick<Given, 'entries' | 'faults'>;

function withStage({ entries, faults }: Entries, stage: Entries | undefined): Entries {
  if (stage === undefined) return { entries: withoutBlanks(entries), faults };
  return { entries: withoutBlanks({ ...entries, ...stage.entries }), faults: [...faults, ...stage.faults] };
}

function entriesOf(context: unknown): Entries {
  const value = isBlank(context) ? {} : typeof context === 'string' ? parsedJson(context) : context;
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  if (parsed.success) return { entries: parsed.data, faults: [] };
  return {
    entries: {},
    faults: [{ setting: 'meetings', message: 'Must be an object of settings, or the same as JSON.' }],
  };
}

function readIni(file: string): ReturnType<typeof readWacIni> {
  try {
    return readWacIni(readFileSync(file, 'utf8'));
  } catch {
    return { values: {}, faults: [{ setting: 'wacIni', message: `The file ${file} cannot be read.` }] };
  }
}

/** Parts what the wac.ini replaces, by name, from what it leaves. */
function splitReplaced(entries: Given['entries']): [replaced: string[], kept: Record<string, unknown>] {
  const ofTheManual = new Set<string>(settingsOfTheManual);
  const kept = Object.entries(entries).filter(([name]) => !ofTheManual.has(name));
  return [[...ofTheManual].filter((name) => name in entries), Object.fromEntries(kept)];
}

function withoutBlanks(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => !isBlank(value)));
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isBlank);
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
