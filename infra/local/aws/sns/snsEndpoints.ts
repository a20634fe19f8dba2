import { randomUUID } from 'node:crypto';
import { AwsRefusal } from '../awsCall.ts';
import type { Phones, PlatformEndpoint } from '../phones.ts';
import { invalidParameter } from './snsRefusal.ts';

const applicationArn = /^arn:aws:sns:[\w-]+:\d{12}:app\/(GCM|APNS|APNS_SANDBOX)\/[\w.-]{1,256}$/;

/** @throws {AwsRefusal} for an application or a token that is none */
export function newEndpoint(
  application: string,
  token: string,
  customUserData: string | undefined,
  enabled: boolean,
): PlatformEndpoint {
  const platform = applicationArn.exec(application)?.[1];
  if (platform === undefined) throw new AwsRefusal('NotFound', 'PlatformApplication does not exist', 404);
  if (platform !== 'GCM' && !/^([0-9a-f]{2}){1,200}$/i.test(token)) {
    throw invalidParameter('Token Reason: iOS device tokens must be no more than 400 hexadecimal characters');
  }
  if (token === '') throw invalidParameter('Token');
  const arn = `${application.replace(':app/', ':endpoint/')}/${randomUUID()}`;
  return {
    arn,
    applicationArn: application,
    platform,
    token,
    enabled,
    ...(customUserData !== undefined && { customUserData }),
  };
}

/**
 * Keeps an endpoint. The same token and attributes give the endpoint that is there, disabled or not; other attributes are refused.
 *
 * @param enabled what the caller says of it, where they say anything
 */
export function createEndpoint(phones: Phones, wanted: PlatformEndpoint, enabled: boolean | undefined): string {
  const known = findByToken(phones, wanted.applicationArn, wanted.token);
  if (known === undefined) {
    phones.endpoints.set(wanted);
    return wanted.arn;
  }
  const isSame = known.enabled === (enabled ?? known.enabled) && known.customUserData === wanted.customUserData;
  if (isSame) return known.arn;
  throw invalidParameter(
    `Token Reason: Endpoint ${known.arn} already exists with the same Token, but different attributes.`,
  );
}

export function findByToken(phones: Phones, application: string, token: string): PlatformEndpoint | undefined {
  return phones.endpoints.all().find((known) => known.applicationArn === application && known.token === token);
}

/** @throws {AwsRefusal} where there is none */
export function findEndpoint(phones: Phones, arn: string): PlatformEndpoint {
  const endpoint = phones.endpoints.get(arn);
  if (endpoint === undefined) throw new AwsRefusal('NotFound', 'Endpoint does not exist', 404);
  return endpoint;
}
