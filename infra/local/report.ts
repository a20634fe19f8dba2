import { appendFileSync } from 'node:fs';

/** Takes note of what goes wrong in the local run itself or in a function. */
export interface Report {
  line(text: string): void;
  error(error: unknown): void;
}

/** @param tell told each line beside the file */
export function openReport(file: string, tell: (line: string) => void = () => {}): Report {
  const line = (text: string) => {
    appendFileSync(file, `${new Date().toISOString()} ${text}\n`);
    tell(text);
  };
  return { line, error: (error) => line(describeError(error)) };
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` Cause: ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
