import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { MailAccount } from './mailAccount.ts';
import type { MailIdentity } from './mailIdentity.ts';
import type { ClientConfig } from './placeClient.ts';
import { unlessNamed } from './refusal.ts';

/** Where SES publishes the keys of Easy DKIM, unless it says otherwise. */
const usualZone = 'dkim.amazonses.com';

/** What is asked of SES. */
export function mailClient(config: ClientConfig) {
  const ses = new SESv2Client(config);
  return {
    async account(): Promise<MailAccount> {
      const reply = await ses.send(new GetAccountCommand());
      const { MaxSendRate, Max24HourSend = -1, SentLast24Hours = 0 } = reply.SendQuota ?? {};
      return {
        isInProduction: reply.ProductionAccessEnabled ?? false,
        isSending: reply.SendingEnabled ?? false,
        standing: reply.EnforcementStatus ?? 'HEALTHY',
        perSecond: MaxSendRate,
        perDay: Max24HourSend < 0 ? undefined : Max24HourSend,
        sentInDay: SentLast24Hours,
      };
    },
    /** @returns undefined where SES holds none of that name */
    async identity(name: string): Promise<MailIdentity | undefined> {
      const reply = await unlessNamed(
        'NotFoundException',
        ses.send(new GetEmailIdentityCommand({ EmailIdentity: name })),
      );
      if (reply === undefined) return undefined;
      const {
        SigningEnabled = false,
        SigningAttributesOrigin,
        SigningHostedZone,
        Status = 'NOT_STARTED',
        Tokens = [],
      } = reply.DkimAttributes ?? {};
      const dkim = {
        isSigning: SigningEnabled,
        status: Status,
        // Of a key of one's own the record is another, and whoever made the key has it.
        tokens: SigningAttributesOrigin === 'EXTERNAL' ? [] : Tokens,
        zone: SigningHostedZone || usualZone,
      };
      return { name, isVerified: reply.VerifiedForSendingStatus ?? false, dkim };
    },
    /** @returns whether mail may be sent with it; undefined where there is none */
    async configurationSet(name: string): Promise<boolean | undefined> {
      const reply = await unlessNamed(
        'NotFoundException',
        ses.send(new GetConfigurationSetCommand({ ConfigurationSetName: name })),
      );
      return reply && (reply.SendingOptions?.SendingEnabled ?? true);
    },
  };
}
