import { type Finding, missing, well } from './finding.ts';
import { awsCommand, consolePage, type Place } from './place.ts';

/** What ACM says of a certificate (AWS Certificate Manager API reference, "DescribeCertificate"). */
export interface Certificate {
  /** ACM's own word: `ISSUED`, `PENDING_VALIDATION`, `EXPIRED` … */
  readonly status: string;
  /** The names that it is for; one may begin with `*.`. */
  readonly names: readonly string[];
}

/** The certificate of a setting and the host that it has to be for. */
export interface NamedCertificate {
  /** As `certificateArn`. */
  readonly setting: string;
  readonly arn: string;
  readonly host: string;
}

/** @param certificate undefined where ACM has none by that ARN in the region */
export function judgeCertificate(
  { setting, arn, host }: NamedCertificate,
  certificate: Certificate | undefined,
  place: Place,
): Finding {
  const check = `Certificate of ${host}`;
  const needed = `issued for ${host} (${setting})`;
  const says = 'API Gateway does not take it, and the deployment fails.';
  const request = awsCommand(`acm request-certificate --validation-method DNS --domain-name ${host}`, place);
  if (certificate === undefined)
    return missing(check, { found: 'no such certificate', needed, says, mend: [`${request}, and set ${setting}`] });
  const { status, names } = certificate;
  if (!names.some((name) => isFor(name, host)))
    return missing(check, {
      found: `for ${names.join(', ')}`,
      needed,
      says,
      mend: [`${request}, and set ${setting}`],
    });
  if (status === 'ISSUED') return well(check, `issued for ${host}`, needed);
  const page = consolePage(`acm/home?region=REGION#/certificates/${arn.slice(arn.lastIndexOf('/') + 1)}`, place);
  return missing(check, { found: status, needed, says, mend: [page] });
}

/** A star stands for one label (AWS Certificate Manager user guide, "Wildcard names"). */
function isFor(name: string, host: string): boolean {
  const [given, wanted] = [name.toLowerCase(), host.toLowerCase()];
  return given.startsWith('*.') ? wanted.slice(wanted.indexOf('.')) === given.slice(1) : given === wanted;
}
