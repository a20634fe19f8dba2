import { parseOptions } from '../parseOptions.ts';

export interface DoctorOptions {
  /** Undefined: the credentials of the environment. */
  readonly profile: string | undefined;
  /** Undefined: that of the environment, or of the profile. */
  readonly region: string | undefined;
  /** Stands over the context of cdk.json, as with `cdk deploy`. */
  readonly context: Readonly<Record<string, string>>;
  /** Whether to print the findings as JSON. */
  readonly json: boolean;
  /** Whether to print the policy alone. */
  readonly policy: boolean;
}

const options = {
  profile: { type: 'string' },
  region: { type: 'string' },
  context: { type: 'string', short: 'c', multiple: true },
  json: { type: 'boolean', default: false },
  policy: { type: 'boolean', default: false },
} as const;

const usage = 'Usage: npm run doctor -- [--profile NAME] [--region NAME] [-c stage=NAME] [--json] | --policy';

/** @throws Error that tells how the command is called */
export function doctorOptions(args: readonly string[]): DoctorOptions {
  const { context = [], ...given } = parseOptions(args, options, usage);
  return {
    profile: given.profile,
    region: given.region,
    context: contextOf(context),
    json: given.json,
    policy: given.policy,
  };
}

/** `NAME=VALUE`, as `cdk -c` takes it. */
function contextOf(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const at = entry.indexOf('=');
      if (at < 1) throw new Error(`-c ${entry} must be NAME=VALUE\n${usage}`);
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
