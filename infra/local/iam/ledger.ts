import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Role } from './policies.ts';
import { matchesActionPattern, type Statement } from './statement.ts';
import { matchesWildcards } from './wildcards.ts';

/** A call that IAM refused. */
export interface Denied {
  /** The role's name, which says whose it is. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** One action on one resource as a statement grants it: patterns as they are written. */
export interface Grant {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** Keeps account of what was granted, used and refused. */
export interface Ledger {
  use(role: Role, statement: Statement, action: string, resource: string): void;
  deny(denied: Denied): void;
  denied(): Denied[];
  /** Each allowed action on each allowed resource that no call has needed. */
  unused(): Grant[];
}

/**
 * Opens the ledger. What happens for the first time is also appended to a file, one JSON object per line with its `kind`: `granted`,
 * `used` or `denied`; the files of several runs can be put together.
 */
export function openLedger(roles: readonly Role[], file: string): Ledger {
  mkdirSync(dirname(file), { recursive: true });
  const granted = new Map<string, Grant>();
  const used = new Set<string>();
  const denied = new Map<string, Denied>();
  const append = (kind: string, entry: Grant | Denied) =>
    appendFileSync(file, `${JSON.stringify({ kind, ...entry })}\n`);

  for (const role of roles) {
    for (const statement of role.statements) {
      for (const grant of grantsOf(role, statement)) granted.set(keyOf(grant), grant);
    }
  }
  appendFileSync(
    file,
    [...granted.values()].map((grant) => `${JSON.stringify({ kind: 'granted', ...grant })}\n`).join(''),
  );

  return {
    use: (role, statement, action, resource) => {
      for (const grant of grantsOf(role, statement)) {
        const key = keyOf(grant);
        if (used.has(key) || !covers(grant, action, resource)) continue;
        used.add(key);
        append('used', grant);
      }
    },
    deny: (refused) => {
      const key = keyOf(refused);
      if (!denied.has(key)) append('denied', refused);
      denied.set(key, refused);
    },
    denied: () => [...denied.values()],
    unused: () => [...granted].filter(([key]) => !used.has(key)).map(([, grant]) => grant),
  };
}

function grantsOf(role: Role, { effect, actions, resources }: Statement): Grant[] {
  if (effect === 'Deny') return [];
  return actions.flatMap((action) => resources.map((resource) => ({ role: role.name, action, resource })));
}

/** Of a statement that allowed a call, the one action and resource that did; the negated ones did as a whole. */
function covers(grant: Grant, action: string, resource: string): boolean {
  const isAction = grant.action.startsWith('!') || matchesActionPattern(grant.action, action);
  return isAction && (grant.resource.startsWith('!') || matchesWildcards(grant.resource, resource));
}

function keyOf({ role, action, resource }: Grant | Denied): string {
  return `${role} ${action} ${resource}`;
}
