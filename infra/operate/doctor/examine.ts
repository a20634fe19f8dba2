import type { Check } from './checks.ts';
import type { AskedFinding } from './finding.ts';
import { judgeRefusal } from './refusal.ts';

/** Asks one question after the other, as SES answers one a second; what is refused does not keep the others from being asked. */
export async function examine(checks: readonly Check[]): Promise<AskedFinding[]> {
  const findings: AskedFinding[] = [];
  for (const { check, action, ask } of checks) {
    const answer = await ask().catch((error: unknown) => [judgeRefusal(check, action, error)]);
    findings.push(...answer.map((finding) => ({ ...finding, asked: action })));
  }
  return findings;
}
