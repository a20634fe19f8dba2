import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { APIGatewayClient, GetAccountCommand as GetGatewayAccountCommand } from '@aws-sdk/client-api-gateway';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SecretReference } from '../../../functions/runtime/settings.ts';
import type { Certificate } from './certificate.ts';
import { mailClient } from './mailClient.ts';
import { notificationClient } from './notificationClient.ts';
import type { ClientConfig } from './placeClient.ts';
import { unlessNamed } from './refusal.ts';

/** What is asked of the account. Each rejects with the SDK's error where AWS refuses. */
export function accountClient(config: ClientConfig) {
  const ssm = new SSMClient(config);
  return {
    mail: mailClient(config),
    notifications: notificationClient(config),
    /** @returns undefined where there is no such parameter */
    async bootstrapVersion(parameter: string): Promise<number | undefined> {
      const reply = await unlessNamed('ParameterNotFound', ssm.send(new GetParameterCommand({ Name: parameter })));
      return reply === undefined ? undefined : Number(reply.Parameter?.Value);
    },
    /** @returns how many functions without a reservation may run at once; undefined where AWS did not say */
    async concurrency(): Promise<number | undefined> {
      const { AccountLimit } = await new LambdaClient(config).send(new GetAccountSettingsCommand());
      return AccountLimit?.UnreservedConcurrentExecutions;
    },
    /** @returns undefined where there is none */
    async certificate(arn: string): Promise<Certificate | undefined> {
      const command = new DescribeCertificateCommand({ CertificateArn: arn });
      const reply = await unlessNamed('ResourceNotFoundException', new ACMClient(config).send(command));
      if (reply?.Certificate === undefined) return undefined;
      const { Status = '', DomainName = '', SubjectAlternativeNames = [] } = reply.Certificate;
      return { status: Status, names: [...new Set([DomainName, ...SubjectAlternativeNames])] };
    },
    /** Whether it is stored; it is not read. */
    hasSecret: ({ store, id }: SecretReference): Promise<boolean> =>
      store === 'ssm' ? hasParameter(ssm, id) : hasStoredSecret(new SecretsManagerClient(config), id),
    /** @returns the role by which API Gateway logs; undefined where there is none */
    async gatewayLogRole(): Promise<string | undefined> {
      return (await new APIGatewayClient(config).send(new GetGatewayAccountCommand())).cloudwatchRoleArn;
    },
  };
}

export type AccountClient = ReturnType<typeof accountClient>;

async function hasParameter(ssm: SSMClient, name: string): Promise<boolean> {
  const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [name] }];
  const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({ ParameterFilters }));
  return Parameters.length > 0;
}

async function hasStoredSecret(secrets: SecretsManagerClient, id: string): Promise<boolean> {
  const command = new DescribeSecretCommand({ SecretId: id });
  const reply = await unlessNamed('ResourceNotFoundException', secrets.send(command));
  return reply !== undefined && reply.DeletedDate === undefined;
}
