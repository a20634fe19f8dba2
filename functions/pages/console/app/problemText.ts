import { ApiRefusal, Unreachable } from '../api/apiClient.ts';
import type { Words } from '../words/en.ts';

/** Says in the reader's language why a call was not carried out. */
export function problemText(error: unknown, { problems, form }: Words): string {
  if (error instanceof Unreachable) return problems.unreachable;
  if (!(error instanceof ApiRefusal)) return problems.failed;
  if (error.code === 'invalid-input') return form.mend;
  const known = Object.entries(problems).find(([code]) => code === error.code)?.[1];
  if (typeof known === 'string') return known;
  if (error.status === 429 || error.status === 503) return problems.busy;
  if (error.status >= 500) return problems.failed;
  return problems.other(error.message);
}
