import type { AskedFinding } from './finding.ts';
import type { Place } from './place.ts';

const signs: Readonly<Record<AskedFinding['state'], string>> = { well: '✓', missing: '✗', unknown: '?' };

/** What the command prints, line by line. */
export function reportLines(findings: readonly AskedFinding[], stackName: string, place: Place): string[] {
  return [
    `Account ${place.account} in ${place.region}, asked as ${place.caller}, for the stack ${stackName}.`,
    '',
    ...findings.flatMap(linesOf),
    '',
    verdict(findings),
  ];
}

/** Whether nothing is missing, as far as all was answered. */
export function isWell(findings: readonly AskedFinding[]): boolean {
  return findings.every(({ state }) => state === 'well');
}

function linesOf({ check, state, found, needed, says, mend = [], asked }: AskedFinding): string[] {
  return [
    `${signs[state]} ${check}: ${found}${state === 'well' ? '' : `; needed: ${needed}`} (${asked})`,
    ...(says === undefined ? [] : [`    ${says}`]),
    ...mend.map((line) => `    → ${line}`),
  ];
}

function verdict(findings: readonly AskedFinding[]): string {
  const missing = findings.filter(({ state }) => state === 'missing').length;
  const unknown = findings.filter(({ state }) => state === 'unknown').length;
  if (missing + unknown === 0) return 'Nothing is missing.';
  const [is, are] = [`${missing} ${missing === 1 ? 'thing is' : 'things are'} missing`, `${unknown} could not be told`];
  return `${[missing > 0 && is, unknown > 0 && are].filter((part) => part !== false).join(', ')}.`;
}
