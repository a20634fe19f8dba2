import * as z from 'zod';

/** Someone whom the local issuer gives tokens. */
export const localUserSchema = z.object({
  subject: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  /** E.164. */
  phoneNumber: z.string().optional(),
  /** What they may do: the values of the capabilities claim. */
  capabilities: z.array(z.string()),
});

export type LocalUser = Readonly<z.infer<typeof localUserSchema>>;

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
