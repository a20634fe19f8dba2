import { onTestFinished } from 'vitest';
import { startAwsAddress } from '../../../infra/local/aws/address.ts';
import type { AwsRefusal, AwsService, Permission } from '../../../infra/local/aws/awsCall.ts';
import { createCallCounts } from '../../../infra/local/aws/calls.ts';
import { createFaults } from '../../../infra/local/aws/faults.ts';

export interface AddressTrial {
  /** What a client of the SDK is made with. It tries once, so that a refusal is seen as it comes. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: {
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string;
    };
    readonly maxAttempts: number;
  };
  readonly url: string;
  readonly faults: ReturnType<typeof createFaults>;
  readonly calls: ReturnType<typeof createCallCounts>;
  /** What each call needed. */
  readonly permissions: Permission[];
  readonly crashes: string[];
  readonly errors: unknown[];
}

/** Starts an AWS address with these services for one test; it knows `Tester` and allows them everything, but what `refuse` refuses. */
export async function startAddress(
  services: Readonly<Record<string, AwsService>>,
  refuse: (permission: Permission) => AwsRefusal | undefined = () => undefined,
): Promise<AddressTrial> {
  const address = await startAwsAddress();
  onTestFinished(address.stop);
  const trial = { faults: createFaults(), calls: createCallCounts(), permissions: [], crashes: [], errors: [] };
  const { permissions, crashes, errors }: { permissions: Permission[]; crashes: string[]; errors: unknown[] } = trial;
  address.serve({
    services,
    knows: (accessKey) => accessKey === 'Tester',
    authorize: (_, needed) => {
      permissions.push(...needed);
      return needed.map(refuse).find((refusal) => refusal !== undefined);
    },
    calls: trial.calls,
    faults: trial.faults,
    crash: async (_, sessionToken) => {
      crashes.push(sessionToken);
    },
    onError: (error) => errors.push(error),
  });
  const credentials = { accessKeyId: 'Tester', secretAccessKey: 'local', sessionToken: 'Tester-1' };
  return {
    ...trial,
    url: address.url,
    client: { endpoint: address.url, region: 'eu-west-1', credentials, maxAttempts: 1 },
  };
}
