/** Someone whom the local issuer vouches for. */
export interface LocalUser {
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  /** E.164. */
  readonly phoneNumber: string | undefined;
  readonly capabilities: readonly string[];
}

export const localUsers: readonly LocalUser[] = [
  {
    subject: '0a11ce00-0000-4000-8000-000000000001',
    username: 'alice',
    name: 'Alice',
    email: 'alice@example.org',
    phoneNumber: '+34600000001',
    capabilities: ['admin', 'meetings'],
  },
  {
    subject: '00000b0b-0000-4000-8000-000000000002',
    username: 'bob',
    name: 'Bob',
    email: 'bob@example.org',
    phoneNumber: undefined,
    capabilities: [],
  },
];

/**
 * Gives the claims of a user's ID token as a Cognito user pool would make them.
 *
 * @param capabilitiesClaim where the deployment looks for capabilities
 */
export function claimsOf(user: LocalUser, capabilitiesClaim: string): Record<string, unknown> {
  return {
    sub: user.subject,
    'cognito:username': user.username,
    name: user.name,
    email: user.email,
    email_verified: true,
    ...(user.phoneNumber !== undefined && { phone_number: user.phoneNumber, phone_number_verified: true }),
    ...(user.capabilities.length > 0 && { [capabilitiesClaim]: user.capabilities }),
    token_use: 'id',
  };
}
