/** Which account is asked, where, and through which of the operator's profiles. */
export interface Place {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The ARN of whoever asks. */
  readonly caller: string;
  /** Undefined: the credentials of the environment. */
  readonly profile: string | undefined;
}

/** A command of the AWS command line, for this place. */
export function awsCommand(command: string, place: Place): string {
  return `aws ${command} ${placeOptions(place)}`;
}

/** The options by which the AWS command line asks this place. */
export function placeOptions({ region, profile }: Place): string {
  return `--region ${region}${profile === undefined ? '' : ` --profile ${profile}`}`;
}

/**
 * A page of the AWS console, of this region.
 *
 * @param path with `REGION` where the page names it
 */
export function consolePage(path: string, { region }: Place): string {
  return `https://${consoleHost(region)}/${path.replaceAll('REGION', region)}`;
}

/** AWS's partitions have consoles of their own (AWS General Reference, "AWS service endpoints"; IAM user guide, "AWS Management Console"). */
function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `${region}.console.amazonaws-us-gov.com`;
  return `${region}.console.aws.amazon.com`;
}
