import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Grant, textOf } from '../../../infra/local/iam/grants.ts';
import type { Denied } from '../../../infra/local/iam/ledger.ts';
import { mergeLedgers } from '../../../infra/local/iam/mergeLedgers.ts';
import type { Explanation } from './unusedGrants.ts';

/** What a run of tests says of the template's permissions. */
export interface PermissionLists {
  /** Calls that were refused: a grant is missing. */
  readonly denied: readonly Denied[];
  /** Granted and never used, each with its explanation. */
  readonly explained: readonly Explanation[];
  /** Granted and never used, and nobody says why: a grant too many, or a journey too few. */
  readonly unexplained: readonly Grant[];
  /** Explanations of what was used, or is not granted. */
  readonly outdated: readonly Explanation[];
}

/** Puts the ledgers of a folder together, which need not be there. */
export function readPermissionLists(directory: string, explanations: readonly Explanation[]): PermissionLists {
  const files = existsSync(directory) ? readdirSync(directory).map((file) => join(directory, file)) : [];
  const { unused, denied } = mergeLedgers(files);
  const explanationOf = new Map(explanations.map((explanation) => [textOf(explanation), explanation]));
  const unusedTexts = new Set(unused.map(textOf));
  return {
    denied,
    explained: unused.flatMap((grant) => explanationOf.get(textOf(grant)) ?? []),
    unexplained: unused.filter((grant) => !explanationOf.has(textOf(grant))),
    outdated: explanations.filter((explanation) => !unusedTexts.has(textOf(explanation))),
  };
}

/** @param whole whether all tests ran: what only some of them use is not judged by the others */
export function faultsOf({ denied, unexplained, outdated }: PermissionLists, whole: boolean): number {
  return denied.length + (whole ? unexplained.length + outdated.length : 0);
}

/** The two lists, as text; of a run that was not whole the first alone. */
export function presentLists({ denied, explained, unexplained, outdated }: PermissionLists, whole: boolean): string {
  const first = list('Denied by IAM', denied.map(textOf));
  if (!whole) return denied.length > 0 ? first : '';
  const never = [
    ...explained.map((grant) => `${textOf(grant)}: ${grant.why}`),
    ...unexplained.map((grant) => `${textOf(grant)}: NOT EXPLAINED`),
    ...outdated.map((grant) => `${textOf(grant)}: EXPLAINED, BUT USED OR NOT GRANTED`),
  ];
  return `${first}${list('Granted and never used', never)}`;
}

function list(title: string, entries: readonly string[]): string {
  return `${title}: ${entries.length === 0 ? 'nothing' : entries.length}\n${entries.map((entry) => `  ${entry}\n`).join('')}`;
}
