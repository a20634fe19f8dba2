import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line that a function wrote. */
export interface LogLine {
  readonly functionName: string;
  readonly text: string;
  /** What the line says, where it is a JSON object; else empty. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What functions wrote: a file each. */
export interface Logs {
  fileOf(functionName: string): string;
  /** @param functionName absent: of all */
  lines(functionName?: string): LogLine[];
}

export function openLogs(directory: string): Logs {
  mkdirSync(directory, { recursive: true });
  const fileOf = (functionName: string) => join(directory, `${functionName}.log`);
  const namesOfAll = () => readdirSync(directory).map((file) => file.replace(/\.log$/, ''));
  return {
    fileOf,
    lines: (functionName) =>
      (functionName === undefined ? namesOfAll() : [functionName]).flatMap((name) => read(name, fileOf(name))),
  };
}

function read(functionName: string, path: string): LogLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((text) => ({ functionName, text, fields: fieldsOf(text) }));
}

function fieldsOf(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
