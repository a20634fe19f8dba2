import { region } from '../assembly/place.ts';
import type { NamesHere } from '../network/namesHere.ts';
import type { FunctionDefinition } from './functionDefinition.ts';
import { type LocalFunction, startFunctionPool } from './functionPool.ts';
import type { Logs } from './logs.ts';

export interface Functions {
  readonly all: readonly LocalFunction[];
  byName(name: string): LocalFunction | undefined;
  byArn(arn: string): LocalFunction | undefined;
  stop(): Promise<void>;
}

export interface FunctionsOptions {
  readonly definitions: readonly FunctionDefinition[];
  /** The AWS address. */
  readonly awsUrl: string;
  readonly logs: Logs;
  readonly workersPerFunction: number;
  /** Names of the internet that lead to this machine, for the functions alone. */
  readonly namesHere: NamesHere | undefined;
  readonly onFailure: (functionName: string, message: string) => void;
  readonly onInvoked: (functionName: string, milliseconds: number) => void;
}

/** Makes the functions ready: each gets its workers when it is first invoked. Its access key is its name, its session token its worker's. */
export function startFunctions(options: FunctionsOptions): Functions {
  const all = options.definitions.map((definition) =>
    startFunctionPool(definition, {
      workers: options.workersPerFunction,
      logFile: options.logs.fileOf(definition.name),
      environment: (sessionToken) => ({
        AWS_ACCESS_KEY_ID: definition.name,
        AWS_ENDPOINT_URL: options.awsUrl,
        AWS_REGION: region,
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_SESSION_TOKEN: sessionToken,
        ...(options.namesHere ? { LOCAL_NAMES_HERE: JSON.stringify(options.namesHere) } : {}),
      }),
      onInvoked: (milliseconds) => options.onInvoked(definition.name, milliseconds),
      onFailure: ({ error }) => options.onFailure(definition.name, `${error.errorType}: ${error.errorMessage}`),
    }),
  );
  const byName = new Map(all.map((local) => [local.definition.name, local]));
  const byArn = new Map(all.map((local) => [local.definition.arn, local]));
  return {
    all,
    byName: (name) => byName.get(name),
    byArn: (arn) => byArn.get(arn.replace(/:\$LATEST$/, '')),
    stop: async () => {
      await Promise.all(all.map((local) => local.stop()));
    },
  };
}
