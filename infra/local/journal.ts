import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const line = z.object({ key: z.string(), value: z.unknown().optional() });
const linesBeforeCompaction = 2_000;

/** A map on disk. Each change is one `write`, so what was set is there after a `kill -9`. */
export interface Journal<Value> {
  readonly size: number;
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): boolean;
  entries(): IterableIterator<[string, Value]>;
  values(): IterableIterator<Value>;
  close(): void;
}

/**
 * Opens the journal, or begins it where there is none: one JSON line per change, rewritten when most lines are of the past.
 *
 * A last line that is torn, as a process killed while writing leaves it, is dropped.
 *
 * @throws where another line cannot be read, or a value is not of the schema
 */
export function openJournal<Value>(path: string, schema: z.ZodType<Value>): Journal<Value> {
  mkdirSync(dirname(path), { recursive: true });
  const map = replay(path, schema);
  let file = rewrite(path, map);
  let lines = map.size;
  const append = (change: { key: string; value?: Value }) => {
    writeSync(file, `${JSON.stringify(change)}\n`);
    lines += 1;
    if (lines < linesBeforeCompaction + 2 * map.size) return;
    closeSync(file);
    file = rewrite(path, map);
    lines = map.size;
  };
  return {
    get size() {
      return map.size;
    },
    get: (key) => map.get(key),
    set: (key, value) => {
      map.set(key, value);
      append({ key, value });
    },
    delete: (key) => {
      const existed = map.delete(key);
      if (existed) append({ key });
      return existed;
    },
    entries: () => map.entries(),
    values: () => map.values(),
    close: () => closeSync(file),
  };
}

function replay<Value>(path: string, schema: z.ZodType<Value>): Map<string, Value> {
  const map = new Map<string, Value>();
  if (!existsSync(path)) return map;
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop(); // what follows the last line feed: nothing, or a torn line
  for (const [index, text] of lines.entries()) {
    try {
      const { key, value } = line.parse(JSON.parse(text));
      if (value === undefined) map.delete(key);
      else map.set(key, schema.parse(value));
    } catch (cause) {
      throw new Error(`${path}:${index + 1} is not what this version wrote; remove the state folder to begin anew`, {
        cause,
      });
    }
  }
  return map;
}

function rewrite<Value>(path: string, map: ReadonlyMap<string, Value>): number {
  const lines = [...map].map(([key, value]) => `${JSON.stringify({ key, value })}\n`);
  writeFileSync(`${path}.new`, lines.join(''));
  renameSync(`${path}.new`, path);
  return openSync(path, 'a');
}
