import { type Finding, missing, well } from './finding.ts';
import { awsCommand, consolePage, type Place } from './place.ts';

/** What SNS says of a platform application (Amazon SNS API reference, "GetPlatformApplicationAttributes"). */
export interface PushApplication {
  readonly isEnabled: boolean;
  /** Of Apple's certificate, where it signs in by one. */
  readonly expiresAt: Date | undefined;
}

/** How long before its end a certificate is said to be missing: to get another takes people, not minutes. */
const noticeDays = 30;
const dayMilliseconds = 86_400_000;

/**
 * @param name as the setting `pushApplications` has it: `fcm`, `apns` or `apns-sandbox`
 * @param application undefined where SNS has none by that ARN
 */
export function judgePushApplication(
  { name, arn }: { readonly name: string; readonly arn: string },
  application: PushApplication | undefined,
  now: Date,
  place: Place,
): Finding {
  const check = `Push by ${name}`;
  const needed = `${arn} (pushApplications)`;
  const page = consolePage('sns/v3/home?region=REGION#/mobile/push-notifications', place);
  if (application === undefined)
    return missing(check, { found: 'no such application', needed, says: 'No such phone is reminded.', mend: [page] });
  const { isEnabled, expiresAt } = application;
  if (!isEnabled)
    return missing(check, {
      found: 'disabled',
      needed,
      says: 'No such phone is reminded: SNS disables what Google or Apple refuses.',
      mend: [
        `${page} (new credentials), then`,
        awsCommand(
          `sns set-platform-application-attributes --platform-application-arn ${arn} --attributes Enabled=true`,
          place,
        ),
      ],
    });
  if (expiresAt === undefined) return well(check, 'enabled', needed);
  const found = `enabled, its certificate ends ${expiresAt.toISOString().slice(0, 10)}`;
  if (expiresAt.getTime() - now.getTime() > noticeDays * dayMilliseconds) return well(check, found, needed);
  return missing(check, {
    found,
    needed,
    says: 'From then on no such phone is reminded.',
    mend: [`${page} (a new certificate, or a token, which does not end)`],
  });
}
