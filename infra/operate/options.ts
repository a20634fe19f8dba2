import { parseOptions } from './parseOptions.ts';

/** What the commands about one person are given. */
export interface PersonOptions {
  /** A mail address or a telephone number. */
  readonly person: string;
  /** The stack's output `TableName`. */
  readonly table: string;
  /** Whether to do it, and not only to say what would be done. */
  readonly yes: boolean;
}

/** @throws Error that tells how the command is called */
export function personOptions(command: string, args: readonly string[]): PersonOptions {
  const { person, table, yes } = parseOptions(args, options, usageOf(command));
  if (person === undefined || table === undefined) throw new Error(usageOf(command));
  return { person, table, yes };
}

const options = {
  person: { type: 'string' },
  table: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const;

function usageOf(command: string): string {
  return `Usage: npm run ${command} -- --person ADDRESS --table NAME (the stack's output TableName)`;
}
