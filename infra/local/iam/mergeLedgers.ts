import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type Grant, textOf } from './grants.ts';
import type { Denied } from './ledger.ts';

const line = z.object({
  kind: z.enum(['granted', 'used', 'denied']),
  role: z.string(),
  action: z.string(),
  resource: z.string(),
});

/** Puts the ledgers of several runs together: what none of them has used, and what any of them was refused. */
export function mergeLedgers(files: readonly string[]): { readonly unused: Grant[]; readonly denied: Denied[] } {
  const found = {
    granted: new Map<string, Grant>(),
    used: new Map<string, Grant>(),
    denied: new Map<string, Denied>(),
  };
  for (const file of files) {
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      if (text === '') continue;
      const { kind, ...entry } = line.parse(JSON.parse(text));
      found[kind].set(textOf(entry), entry);
    }
  }
  const unused = [...found.granted].filter(([key]) => !found.used.has(key)).map(([, grant]) => grant);
  return { unused, denied: [...found.denied.values()] };
}
