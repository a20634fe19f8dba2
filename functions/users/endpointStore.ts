import { DeleteEndpointCommand } from '@aws-sdk/client-sns';
import { notifications } from '../runtime/clients.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';

/** Removes an endpoint that SNS made for a device; nothing where the operator has given up its application. */
export async function removeEndpoint(EndpointArn: string, { pushApplications }: RuntimeSettings): Promise<void> {
  const applications = Object.values(pushApplications).filter((arn) => arn !== undefined);
  const isOurs = applications.some((arn) => EndpointArn.startsWith(`${arn.replace(':app/', ':endpoint/')}/`));
  if (isOurs) await notifications().send(new DeleteEndpointCommand({ EndpointArn }));
}
