import {
  GetPlatformApplicationAttributesCommand,
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  paginateListOriginationNumbers,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { ClientConfig } from './placeClient.ts';
import type { PushApplication } from './pushApplication.ts';
import { unlessNamed } from './refusal.ts';

/** What is asked of SNS. */
export function notificationClient(config: ClientConfig) {
  const sns = new SNSClient(config);
  return {
    async isInSmsSandbox(): Promise<boolean> {
      return (await sns.send(new GetSMSSandboxAccountStatusCommand())).IsInSandbox ?? true;
    },
    /** @returns dollars a month; undefined where the account has set no limit */
    async smsSpending(): Promise<number | undefined> {
      const { attributes } = await sns.send(new GetSMSAttributesCommand({ attributes: ['MonthlySpendLimit'] }));
      return attributes?.MonthlySpendLimit === undefined ? undefined : Number(attributes.MonthlySpendLimit);
    },
    /** Those by which SMS may leave; SNS lists those that are still to be verified too. @returns as SNS writes them */
    async smsNumbers(): Promise<string[]> {
      const numbers: string[] = [];
      for await (const { PhoneNumbers = [] } of paginateListOriginationNumbers({ client: sns }, {}))
        for (const { PhoneNumber, Status = '', NumberCapabilities = [] } of PhoneNumbers)
          if (PhoneNumber !== undefined && NumberCapabilities.includes('SMS') && !/pending/i.test(Status))
            numbers.push(PhoneNumber);
      return numbers;
    },
    /** @returns undefined where there is none */
    async application(arn: string): Promise<PushApplication | undefined> {
      const command = new GetPlatformApplicationAttributesCommand({ PlatformApplicationArn: arn });
      const reply = await unlessNamed('NotFoundException', sns.send(command));
      if (reply === undefined) return undefined;
      const { Enabled, AppleCertificateExpiryDate: expiry } = reply.Attributes ?? {};
      return { isEnabled: Enabled !== 'false', expiresAt: expiry ? new Date(expiry) : undefined };
    },
  };
}
