/** Where the local run pretends to be. A real region, since libraries and templates look regions up. */
export const region = 'eu-west-1';
export const accountId = '000000000000';
export const partition = 'aws';
export const urlSuffix = 'amazonaws.com';

/** @param resource what follows the account, as `function:deliver`, `table/things` */
export function arnOf(service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}
