import * as z from 'zod/mini';
import { Refusal } from '../runtime/refusal.ts';
import { cleanAndCutLine } from '../runtime/text/text.ts';
import { capabilityNames } from './capabilityNames.ts';
import { isAddressClaim, lowerAscii } from './emailAddress.ts';
import { longestName, longestUsername } from './names.ts';
import { isE164, withoutLegacyPrefix } from './phoneNumber.ts';
import { userIdText } from './userId.ts';

/** What a token says of its holder, as far as this service believes it. */
export interface Claims {
  /** `sub`: the user's id. */
  readonly id: string;
  readonly username: string;
  /** What people call them; undefined where their issuer does not say. */
  readonly name?: string | undefined;
  /** Only where the issuer verified it. */
  readonly email: string | undefined;
  /** E.164; only where the issuer verified it. */
  readonly phone: string | undefined;
  readonly capabilities: readonly string[];
}

interface Trust {
  readonly capabilitiesClaim: string;
  /** Whether addresses count even where the token does not say that they are verified. */
  readonly trustIssuerAddresses: boolean;
}

const claimsSchema = z.record(z.string(), z.unknown());

/**
 * Reads the claims that an HTTP API's JWT authorizer hands over: each is text there, an array being
 * `[a b]` and true being `"true"` (API Gateway developer guide, "Control access with JWT authorizers").
 *
 * @param token what the token itself says (`unverifiedClaims`), which tells the names of an array apart
 * @throws Refusal `invalid-subject` where `sub` is not the id of a user, `id-token-needed`
 */
export function parseClaims(input: unknown, trust: Trust, token: Readonly<Record<string, unknown>> = {}): Claims {
  const claims = z.parse(claimsSchema, input);
  const id = idOf(claims.sub);
  refuseAccessToken(claims);
  const email = emailOf(claims.email);
  const phone = phoneOf(claims.phone_number);
  const trusted = (verified: unknown) => trust.trustIssuerAddresses || text(verified) === 'true';
  return {
    id,
    username: username(claims.preferred_username) ?? username(claims['cognito:username']) ?? username(email) ?? id,
    name: cut(claims.name, longestName),
    email: trusted(claims.email_verified) ? email : undefined,
    phone: trusted(claims.phone_number_verified) ? phone : undefined,
    capabilities: capabilityNames(text(claims[trust.capabilitiesClaim]) ?? '', token[trust.capabilitiesClaim]),
  };
}

/**
 * A user pool's access token of a person names them, and none of their addresses; one that a machine got for itself names
 * nobody, and one that was made to hold addresses will do (Amazon Cognito developer guide, "Understanding the access
 * token").
 */
function refuseAccessToken(claims: Readonly<Record<string, unknown>>): void {
  const isOfPerson = text(claims.token_use) === 'access' && claims.username !== undefined;
  if (!isOfPerson || claims.email !== undefined || claims.phone_number !== undefined) return;
  const message =
    'This is an access token, which does not hold its user’s addresses. Send the ID token of that sign-in.';
  throw new Refusal('forbidden', 'id-token-needed', message);
}

/** As it is spelt, but for the case of ASCII letters. */
function emailOf(claim: unknown): string | undefined {
  const given = text(claim);
  return given !== undefined && isAddressClaim(given) ? lowerAscii(given) : undefined;
}

function phoneOf(claim: unknown): string | undefined {
  const given = text(claim);
  return given !== undefined && isE164(given) ? withoutLegacyPrefix(given) : undefined;
}

function idOf(claim: unknown): string {
  const { success, data } = z.safeParse(userIdText, text(claim));
  if (success) return data;
  const message = 'The token must have a `sub` of 1 to 128 printable ASCII characters that is not "me".';
  throw new Refusal('forbidden', 'invalid-subject', message);
}

function username(claim: unknown): string | undefined {
  return cut(claim, longestUsername);
}

/** What its issuer calls somebody, without what no text may hold, and cut where it is longer than `most`. */
function cut(claim: unknown, most: number): string | undefined {
  const given = text(claim);
  return given === undefined ? undefined : cleanAndCutLine(given, most);
}

function text(claim: unknown): string | undefined {
  if (typeof claim === 'boolean' || typeof claim === 'number') return String(claim);
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}
