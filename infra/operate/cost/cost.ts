import { readProject } from '../../synthesize.ts';
import { costOptions } from './costOptions.ts';
import { costReport } from './costReport.ts';
import { measuredUsage } from './usage.ts';

/** `npm run cost -- --meetings N --participants P`: what so many meetings a day cost, and which quotas they meet. */
function main(args: readonly string[]): void {
  const options = costOptions(args);
  for (const line of costReport(options, readProject().settings, measuredUsage)) console.log(line);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
