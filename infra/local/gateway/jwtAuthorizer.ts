import { type CryptoKey, errors, type JWTPayload, jwtVerify } from 'jose';
import type { JwtConfiguration } from './httpApi.ts';
import { type GatewayReply, gatewayReply } from './httpReply.ts';

/** Either who calls, or what they are told. */
export type Verdict =
  | { readonly ok: true; readonly claims: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly reply: GatewayReply };

/** The key that the issuer signs with. */
export type VerificationKey = CryptoKey;

/**
 * Judges a request's bearer token as an HTTP API's JWT authorizer does: signature, issuer, audience (`aud`, or `client_id` where there is
 * none), times, and one of the route's scopes where it has any.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export async function authorizeByJwt(
  authorization: string | undefined,
  jwt: JwtConfiguration & { readonly scopes: readonly string[] },
  key: VerificationKey,
): Promise<Verdict> {
  const token = (authorization ?? '').replace(/^Bearer /i, '');
  if (token === '') return { ok: false, reply: unauthorized('Bearer') };
  try {
    const { payload } = await jwtVerify(token, key, {
      issuer: jwt.Issuer,
      algorithms: ['RS256'],
      requiredClaims: ['exp'],
    });
    if (!isForAudience(payload, jwt.Audience))
      return { ok: false, reply: invalid('the token does not have a valid audience') };
    if (!hasScope(payload, jwt.scopes)) return { ok: false, reply: forbidden(jwt.scopes) };
    return { ok: true, claims: claimsAsText(payload) };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { ok: false, reply: invalid(error.message) };
    throw error;
  }
}

/**
 * Writes claims as the gateway hands them over: each a text, an array as `[a b]`, an object as `map[a:1]`.
 */
export function claimsAsText(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(claims).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `map[${entries.map(([name, inner]) => `${name}:${textOf(inner)}`).join(' ')}]`;
}

function isForAudience({ aud, client_id: clientId }: JWTPayload, audience: readonly string[]): boolean {
  const given = aud === undefined ? [clientId] : Array.isArray(aud) ? aud : [aud];
  return given.some((one) => typeof one === 'string' && audience.includes(one));
}

function hasScope({ scope, scp }: JWTPayload, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const claim = scope ?? scp;
  const given: unknown[] = Array.isArray(claim) ? claim : String(claim ?? '').split(' ');
  return wanted.some((one) => given.includes(one));
}

function unauthorized(challenge: string): GatewayReply {
  return gatewayReply(401, 'Unauthorized', { 'www-authenticate': challenge });
}

function invalid(description: string): GatewayReply {
  const quoted = description.replaceAll('"', "'");
  return unauthorized(`Bearer scope="" error="invalid_token" error_description="${quoted}"`);
}

function forbidden(scopes: readonly string[]): GatewayReply {
  const challenge = `Bearer scope="${scopes.join(' ')}" error="insufficient_scope"`;
  return gatewayReply(403, 'Forbidden', { 'www-authenticate': challenge });
}
