import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Grant, textOf } from './grants.ts';

/** A call that IAM refused. */
export interface Denied {
  /** The name of the role that called, or the service that acted. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** Keeps account of what was granted, used and refused. */
export interface Ledger {
  use(grant: Grant): void;
  deny(denied: Denied): void;
  denied(): Denied[];
  /** Each allowed action on each allowed resource that no call has needed. */
  unused(): Grant[];
  /** Begins an account of its own. @returns what says which grants were used since */
  follow(): () => Grant[];
}

/**
 * Opens the ledger. What happens for the first time is also appended to a file, one JSON object per line with its `kind`: `granted`,
 * `used` or `denied`; the files of several runs can be put together.
 */
export function openLedger(grants: readonly Grant[], file: string): Ledger {
  mkdirSync(dirname(file), { recursive: true });
  const granted = new Map(grants.map((grant) => [textOf(grant), grant]));
  const used = new Set<string>();
  const denied = new Map<string, Denied>();
  const followers = new Set<Map<string, Grant>>();
  const lineOf = (kind: string, entry: Grant | Denied) => `${JSON.stringify({ kind, ...entry })}\n`;
  appendFileSync(file, [...granted.values()].map((grant) => lineOf('granted', grant)).join(''));

  return {
    use: (grant) => {
      const key = textOf(grant);
      for (const follower of followers) follower.set(key, grant);
      if (used.has(key)) return;
      used.add(key);
      appendFileSync(file, lineOf('used', grant));
    },
    deny: (refused) => {
      const key = textOf(refused);
      if (!denied.has(key)) appendFileSync(file, lineOf('denied', refused));
      denied.set(key, refused);
    },
    denied: () => [...denied.values()],
    unused: () => [...granted].filter(([key]) => !used.has(key)).map(([, grant]) => grant),
    follow: () => {
      const follower = new Map<string, Grant>();
      followers.add(follower);
      return () => {
        followers.delete(follower);
        return [...follower.values()];
      };
    },
  };
}
