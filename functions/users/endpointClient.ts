import { DeleteEndpointCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { RuntimeSettings } from '../runtime/settings.ts';

/** Removes an endpoint that SNS made for a device; nothing where the operator has given up its application. */
export async function removeEndpoint(
  sns: SNSClient,
  EndpointArn: string,
  { pushApplications }: Pick<RuntimeSettings, 'pushApplications'>,
): Promise<void> {
  const applications = Object.values(pushApplications).filter((arn) => arn !== undefined);
  const isOurs = applications.some((arn) => EndpointArn.startsWith(`${arn.replace(':app/', ':endpoint/')}/`));
  if (isOurs) await sns.send(new DeleteEndpointCommand({ EndpointArn }));
}
