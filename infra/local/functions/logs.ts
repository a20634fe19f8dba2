import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
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
  /** The last lines of each function, however long it has been writing. */
  recent(): LogLine[];
}

const recentBytes = 64 * 1024;

export function openLogs(directory: string): Logs {
  mkdirSync(directory, { recursive: true });
  const fileOf = (functionName: string) => join(directory, `${functionName}.log`);
  const namesOfAll = () => readdirSync(directory).map((file) => file.replace(/\.log$/, ''));
  return {
    fileOf,
    lines: (functionName) =>
      (functionName === undefined ? namesOfAll() : [functionName]).flatMap((name) => read(name, fileOf(name))),
    recent: () => namesOfAll().flatMap((name) => linesOf(name, tailOf(fileOf(name)))),
  };
}

function read(functionName: string, path: string): LogLine[] {
  return existsSync(path) ? linesOf(functionName, readFileSync(path, 'utf8')) : [];
}

function linesOf(functionName: string, written: string): LogLine[] {
  const lines = written.split('\n').filter((line) => line !== '');
  return lines.map((text) => ({ functionName, text, fields: fieldsOf(text) }));
}

/** The end of a file, from the first line that is whole. */
function tailOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const start = Math.max(0, fstatSync(file).size - recentBytes);
    const bytes = Buffer.alloc(recentBytes);
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, recentBytes, start));
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    closeSync(file);
  }
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
