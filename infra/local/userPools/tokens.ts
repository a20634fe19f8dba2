import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Member } from './members.ts';
import type { UserPool, UserPoolClient } from './userPool.ts';

/**
 * The claims of the ID token and of the access token that a sign-in gives (Amazon Cognito developer guide,
 * "Understanding the identity (ID) token" and "Understanding the access token").
 */
export function claimsOfSignIn(
  pool: UserPool,
  client: UserPoolClient,
  member: Member,
  now: Date,
): { idToken: JWTPayload; accessToken: JWTPayload } {
  const seconds = Math.floor(now.getTime() / 1_000);
  const { sub = '', ...attributes } = member.attributes;
  const shared = {
    iss: pool.issuer,
    sub,
    auth_time: seconds,
    iat: seconds,
    exp: seconds + client.tokenSeconds,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    ...(member.groups.length > 0 && { 'cognito:groups': member.groups }),
  };
  return {
    idToken: {
      ...shared,
      jti: randomUUID(),
      aud: client.id,
      token_use: 'id',
      'cognito:username': member.username,
      ...Object.fromEntries(Object.entries(attributes).map(([name, text]) => [name, claimOf(name, text)])),
    },
    accessToken: {
      ...shared,
      jti: randomUUID(),
      client_id: client.id,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: member.username,
    },
  };
}

/** Attributes are texts, but for whether an address is verified. */
function claimOf(name: string, text: string): string | boolean {
  return name === 'email_verified' || name === 'phone_number_verified' ? text === 'true' : text;
}
