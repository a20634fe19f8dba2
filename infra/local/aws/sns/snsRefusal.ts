import { AwsRefusal } from '../awsCall.ts';

/** @returns the refusal of a parameter, as SNS words it */
export function invalidParameter(what: string): AwsRefusal {
  return new AwsRefusal('InvalidParameter', `Invalid parameter: ${what}`);
}
