import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import type { Place } from './place.ts';

/** What every client is made with. */
export type ClientConfig = Pick<
  STSClientConfig,
  'profile' | 'region' | 'credentials' | 'requestHandler' | 'maxAttempts'
>;

/**
 * As the AWS command line reads them: the profile that is named stands over the environment; the region that is named over
 * the profile's. Milliseconds; what is throttled is repeated by the SDK.
 */
export function clientConfig(profile: string | undefined, region: string | undefined): ClientConfig {
  return {
    ...(profile === undefined ? {} : { profile, credentials: fromIni({ profile }) }),
    ...(region === undefined ? {} : { region }),
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    maxAttempts: 5,
  };
}

/**
 * Who asks, and where.
 *
 * @throws Error that says that there are no credentials or no region, or the SDK's where AWS does not know whose they are
 */
export async function readPlace(config: ClientConfig, profile: string | undefined): Promise<Place> {
  const sts = new STSClient(config);
  await sts.config.credentials();
  const region = await sts.config.region().catch((cause: unknown) => {
    throw new Error('No region: name one with --region, in AWS_REGION or in the profile', { cause });
  });
  const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand());
  return { account: Account, caller: Arn, region, profile };
}
