import { type Finding, missing, well } from './finding.ts';
import type { Place } from './place.ts';

/** What the CDK's default synthesizer asks for (AWS CDK, `DefaultStackSynthesizer`: MIN_BOOTSTRAP_STACK_VERSION). */
const leastVersion = 6;

/** What the CDK bootstraps by where the context does not name another. */
export const defaultQualifier = 'hnb659fds';

/** The parameter in which a bootstrapped account keeps the version (AWS CDK developer guide, "Bootstrap template contract"). */
export function bootstrapParameter(qualifier: string): string {
  return `/cdk-bootstrap/${qualifier}/version`;
}

/** @param version undefined where there is no such parameter */
export function judgeBootstrap(version: number | undefined, qualifier: string, place: Place): Finding {
  const check = 'CDK bootstrap';
  const needed = `version ${leastVersion} or later`;
  const found = version === undefined ? 'none' : `version ${version}`;
  if (version !== undefined && version >= leastVersion) return well(check, found, needed);
  const { account, region, profile } = place;
  const ofQualifier = qualifier === defaultQualifier ? '' : ` --qualifier ${qualifier}`;
  const ofProfile = profile === undefined ? '' : ` --profile ${profile}`;
  return missing(check, {
    found,
    needed,
    says: 'The CDK has nowhere to put the functions, and `npm run deploy` fails.',
    mend: [`npx cdk bootstrap aws://${account}/${region}${ofQualifier}${ofProfile}`],
  });
}
