import type { Report } from './report.ts';

const everyMs = 60_000;

/** Removes expired items once a minute, as DynamoDB does within days. @returns what ends that */
export function startSweeping(sweep: () => Promise<void>, onSwept: () => void, report: Report): () => void {
  const timer = setInterval(() => {
    sweep().then(onSwept, report.error);
  }, everyMs);
  return () => clearInterval(timer);
}
