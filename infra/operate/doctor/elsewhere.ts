import { regionFaults } from '../../settings/regions.ts';
import type { Settings } from '../../settings.ts';
import { type Finding, missing } from './finding.ts';
import type { Place } from './place.ts';

/** What the settings name that is of another region, or of another account where that cannot serve. */
export function judgeElsewhere(settings: Settings, { region, account }: Place): Finding[] {
  const ofOtherRegions = regionFaults(settings, region).map(({ setting, message }) =>
    missing(`Region of ${setting}`, {
      found: 'another',
      needed: region,
      says: message,
      mend: [`set ${setting} to what is in ${region}, or ask with --region`],
    }),
  );
  const ofOtherAccounts = Object.entries(ownArns(settings))
    .filter(([, arn]) => arn.split(':')[4] !== account)
    .map(([setting, arn]) =>
      missing(`Account of ${setting}`, {
        found: arn.split(':')[4] ?? '',
        needed: account,
        says: `Names ${arn}, which another account has.`,
        mend: [`set ${setting} to what is in ${account}, or ask with --profile`],
      }),
    );
  return [...ofOtherRegions, ...ofOtherAccounts];
}

/** Whether something that an ARN names can be asked for here. */
export function isHere(arn: string, { region, account }: Place): boolean {
  const [, , , itsRegion, itsAccount] = arn.split(':');
  return itsRegion === region && itsAccount === account;
}

/** By setting. API Gateway takes certificates of its own account, SNS sends through applications of it. */
function ownArns(settings: Settings): Record<string, string> {
  const { certificateArn, socketCertificateArn, consoleCertificateArn, pushApplications } = settings;
  const arns = { certificateArn, socketCertificateArn, consoleCertificateArn };
  const applications = Object.entries(pushApplications).map(([name, arn]) => [`pushApplications.${name}`, arn]);
  return Object.fromEntries(
    [...Object.entries(arns), ...applications].filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
