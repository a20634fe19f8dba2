/** What a pool asks of passwords. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly digits: boolean;
  readonly symbols: boolean;
}

/** As the Amazon Cognito developer guide lists them, "Adding user pool password requirements"; a blank counts within. */
const symbol = /[$^*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|(?<=\S) (?=\S)/;

/** What Cognito says of a password that the policy does not allow; undefined where it does. */
export function passwordFault(policy: PasswordPolicy, password: string): string | undefined {
  const fault = whyNot(policy, password);
  return fault && `Password did not conform with policy: ${fault}`;
}

function whyNot(policy: PasswordPolicy, password: string): string | undefined {
  if (password.length < policy.minimumLength) return 'Password not long enough';
  if (policy.lower && !/[a-z]/.test(password)) return 'Password must have lowercase characters';
  if (policy.upper && !/[A-Z]/.test(password)) return 'Password must have uppercase characters';
  if (policy.digits && !/\d/.test(password)) return 'Password must have numeric characters';
  if (policy.symbols && !symbol.test(password)) return 'Password must have symbol characters';
  return undefined;
}
