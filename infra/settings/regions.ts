import type { SecretReference } from '../../functions/runtime/settings.ts';
import type { SettingFault } from './fault.ts';
import type { SettingName } from './schema.ts';

/** The settings that name what is in a region. */
interface Regional {
  readonly certificateArn?: string | undefined;
  readonly socketCertificateArn?: string | undefined;
  readonly consoleCertificateArn?: string | undefined;
  readonly pushApplications: Readonly<Record<string, string | undefined>>;
  readonly shortenerToken?: SecretReference | undefined;
  readonly turnSecret?: SecretReference | undefined;
}

/**
 * Says which settings name what the stack cannot reach: an API's certificate, platform applications and secrets have to be
 * in its own region.
 *
 * @param region where it is deployed; where that is not known, that of the first setting is taken for it
 */
export function regionFaults(settings: Regional, region: string | undefined): SettingFault[] {
  const { certificateArn, socketCertificateArn, consoleCertificateArn, pushApplications, shortenerToken, turnSecret } =
    settings;
  const given: readonly (readonly [SettingName, string | undefined])[] = [
    ['certificateArn', certificateArn],
    ['socketCertificateArn', socketCertificateArn],
    ['consoleCertificateArn', consoleCertificateArn],
    ...Object.values(pushApplications).map((arn) => ['pushApplications', arn] as const),
    ['shortenerToken', shortenerToken?.id],
    ['turnSecret', turnSecret?.id],
  ];
  const named = given.flatMap(([setting, id]) =>
    id?.startsWith('arn:') ? [{ setting, region: id.split(':')[3] ?? '' }] : [],
  );
  const [first] = named;
  if (first === undefined) return [];
  const expected = region ?? first.region;
  const whose = region === undefined ? `${first.setting} is of` : 'the stack is deployed to';
  return named
    .filter((one) => one.region !== expected)
    .map((one) => ({
      setting: one.setting,
      message: `Is of ${one.region}, and ${whose} ${expected}: all must be of the stack's region.`,
    }));
}
