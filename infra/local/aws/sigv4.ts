import type { IncomingHttpHeaders } from 'node:http';

export interface Credentials {
  readonly accessKey: string;
  /** The service of the credential's scope, as `dynamodb`. */
  readonly service: string;
  readonly sessionToken: string;
}

const scope = /^AWS4-HMAC-SHA256 Credential=([^/]{1,200})\/\d{8}\/[\w-]{1,40}\/([\w-]{1,40})\/aws4_request,/;

/**
 * Reads who signed a request, and for which service.
 *
 * The signature itself is not checked: the address listens to this machine alone.
 *
 * @returns undefined where the request is not signed by Signature Version 4
 */
export function readCredentials(headers: IncomingHttpHeaders): Credentials | undefined {
  const [, accessKey, service] = scope.exec(headers.authorization ?? '') ?? [];
  if (accessKey === undefined || service === undefined) return undefined;
  return { accessKey, service, sessionToken: String(headers['x-amz-security-token'] ?? '') };
}
