import { type Channel, channels } from '../../../functions/deliveries/channels/channels.ts';
import { email } from '../../../functions/deliveries/channels/email/email.ts';
import { sms } from '../../../functions/deliveries/channels/sms/sms.ts';
import { mechanismsInUse } from '../../settings/mechanisms.ts';
import type { Settings } from '../../settings.ts';
import type { AccountClient } from './accountClient.ts';
import type { Action } from './actions.ts';
import { bootstrapParameter, judgeBootstrap } from './bootstrap.ts';
import { judgeCertificate, type NamedCertificate } from './certificate.ts';
import { backgroundFunctions, judgeConcurrency } from './concurrency.ts';
import { judgeConfigurationSet } from './configurationSet.ts';
import { isHere } from './elsewhere.ts';
import type { Finding } from './finding.ts';
import { judgeGatewayLogs } from './gatewayLogs.ts';
import { judgeMailAccount } from './mailAccount.ts';
import { identitiesOf, judgeMailIdentity } from './mailIdentity.ts';
import type { Place } from './place.ts';
import { judgePushApplication } from './pushApplication.ts';
import { judgeStoredSecret } from './storedSecret.ts';
import { judgeSmsNumber, judgeSmsSandbox, judgeSmsSpending } from './textMessages.ts';

/** A question to the account, and what its answer comes to. */
export interface Check {
  /** As findings call it where it is not answered. */
  readonly check: string;
  readonly action: Action;
  readonly ask: () => Promise<readonly Finding[]>;
}

export interface CheckContext {
  readonly settings: Settings;
  /** What the CDK bootstraps by. */
  readonly qualifier: string;
  readonly place: Place;
  readonly account: AccountClient;
  readonly now: Date;
}

/** The questions that the settings give reason to ask, in the order in which they are printed. */
export function checksOf(context: CheckContext): Check[] {
  return [
    ...deploymentChecks(context),
    ...mailChecks(context),
    ...textMessageChecks(context),
    ...pushChecks(context),
    ...certificateChecks(context),
    ...secretChecks(context),
  ];
}

function deploymentChecks({ settings, qualifier, account, place }: CheckContext): Check[] {
  const background = backgroundFunctions(settings, channelsInUse(settings));
  return [
    {
      check: 'CDK bootstrap',
      action: 'ssm:GetParameter',
      ask: async () => [
        judgeBootstrap(await account.bootstrapVersion(bootstrapParameter(qualifier)), qualifier, place),
      ],
    },
    {
      check: 'Lambda concurrency',
      action: 'lambda:GetAccountSettings',
      ask: async () => [judgeConcurrency(await account.concurrency(), background, place)],
    },
    ...onlyIf<Check>(settings.socketAccessLog, {
      check: 'API Gateway logs',
      action: 'apigateway:GET',
      ask: async () => [judgeGatewayLogs(await account.gatewayLogRole())],
    }),
  ];
}

/** Where there is an address to send from, mails go out whatever the mechanisms are. */
function mailChecks({ settings, account: { mail }, place }: CheckContext): Check[] {
  const { mailIdentity, configurationSet, maxSendRate } = settings;
  if (mailIdentity === undefined) return [];
  const { address } = mailIdentity;
  return [
    {
      check: 'SES account',
      action: 'ses:GetAccount',
      ask: async () => judgeMailAccount(await mail.account(), maxSendRate, place),
    },
    {
      check: 'SES identity',
      action: 'ses:GetEmailIdentity',
      ask: async () => {
        const identities = [];
        for (const name of identitiesOf(address)) identities.push(await mail.identity(name));
        return judgeMailIdentity(
          address,
          identities.filter((identity) => identity !== undefined),
          place,
        );
      },
    },
    ...(configurationSet === undefined
      ? []
      : [
          {
            check: 'SES configuration set',
            action: 'ses:GetConfigurationSet' as const,
            ask: async () => [
              judgeConfigurationSet(configurationSet, await mail.configurationSet(configurationSet), place),
            ],
          },
        ]),
  ];
}

function textMessageChecks({ settings, account: { notifications }, place }: CheckContext): Check[] {
  if (!channelsInUse(settings).includes(sms.name)) return [];
  const { smsOrigination } = settings;
  return [
    {
      check: 'SMS sandbox',
      action: 'sns:GetSMSSandboxAccountStatus',
      ask: async () => [judgeSmsSandbox(await notifications.isInSmsSandbox(), place)],
    },
    {
      check: 'SMS spending',
      action: 'sns:GetSMSAttributes',
      ask: async () => [judgeSmsSpending(await notifications.smsSpending(), place)],
    },
    ...(smsOrigination?.kind === 'number'
      ? [
          {
            check: 'SMS sender',
            action: 'sns:ListOriginationNumbers' as const,
            ask: async () => [judgeSmsNumber(smsOrigination.value, await notifications.smsNumbers(), place)],
          },
        ]
      : []),
  ];
}

function pushChecks({ settings, account: { notifications }, place, now }: CheckContext): Check[] {
  return Object.entries(settings.pushApplications).flatMap(([name, arn]) => {
    if (arn === undefined || !isHere(arn, place)) return [];
    return {
      check: `Push by ${name}`,
      action: 'sns:GetPlatformApplicationAttributes',
      ask: async () => [judgePushApplication({ name, arn }, await notifications.application(arn), now, place)],
    } as const;
  });
}

function certificateChecks({ settings, account, place }: CheckContext): Check[] {
  return certificatesOf(settings).flatMap((named) =>
    onlyIf<Check>(isHere(named.arn, place), {
      check: `Certificate of ${named.host}`,
      action: 'acm:DescribeCertificate',
      ask: async () => [judgeCertificate(named, await account.certificate(named.arn), place)],
    }),
  );
}

function certificatesOf(settings: Settings): NamedCertificate[] {
  const pairs = [
    ['certificateArn', settings.certificateArn, settings.linkHost],
    ['socketCertificateArn', settings.socketCertificateArn, settings.socketHost],
    ['consoleCertificateArn', settings.consoleCertificateArn, settings.consoleHost],
  ] as const;
  return pairs.flatMap(([setting, arn, origin]) =>
    arn === undefined || origin === undefined ? [] : [{ setting, arn, host: new URL(origin).hostname }],
  );
}

function secretChecks({ settings, account, place }: CheckContext): Check[] {
  return (['turnSecret', 'shortenerToken'] as const).flatMap((setting) => {
    const reference = settings[setting];
    if (reference === undefined) return [];
    return {
      check: `Secret of ${setting}`,
      action:
        reference.store === 'ssm' ? ('ssm:DescribeParameters' as const) : ('secretsmanager:DescribeSecret' as const),
      ask: async () => [judgeStoredSecret(setting, reference, await account.hasSecret(reference), place)],
    };
  });
}

/** What messages are sent by: mails wherever there is an address to send them from, the others as the settings name them. */
function channelsInUse(settings: Settings): Channel[] {
  const named = mechanismsInUse(settings.inviteMechanisms, { ...settings, remindBefore: settings.remindBeforeMinutes });
  const used = channels.filter(({ name }) => name === email.name || named.includes(name));
  return used.filter((channel) => channel.isAvailable(settings)).map(({ name }) => name);
}

function onlyIf<Item>(condition: boolean, item: Item): Item[] {
  return condition ? [item] : [];
}
