import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Resource, Stack } from '../assembly/stack.ts';
import type { PasswordPolicy } from './passwordPolicy.ts';

const passwordPolicy = z.object({
  MinimumLength: z.coerce.number().default(8),
  RequireLowercase: z.boolean().default(false),
  RequireNumbers: z.boolean().default(false),
  RequireSymbols: z.boolean().default(false),
  RequireUppercase: z.boolean().default(false),
});

const poolProperties = z.object({
  AliasAttributes: z.array(z.string()).default([]),
  MfaConfiguration: z.enum(['OFF', 'OPTIONAL', 'ON']).default('OFF'),
  Policies: z.object({ PasswordPolicy: passwordPolicy }).optional(),
  UsernameConfiguration: z.object({ CaseSensitive: z.boolean() }).default({ CaseSensitive: true }),
});

const units = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);

const clientProperties = z.object({
  UserPoolId: z.string(),
  ExplicitAuthFlows: z.array(z.string()).default([]),
  IdTokenValidity: z.coerce.number().optional(),
  TokenValidityUnits: z.object({ IdToken: unit.default('hours') }).default({ IdToken: 'hours' }),
});

const groupProperties = z.object({ UserPoolId: z.string(), GroupName: z.string() });

/** Of an app client, what it may do to sign somebody in. */
export interface UserPoolClient {
  readonly id: string;
  /** As `ALLOW_ADMIN_USER_PASSWORD_AUTH`. */
  readonly flows: readonly string[];
  readonly tokenSeconds: number;
}

/** A user pool as the template configures it. */
export interface UserPool {
  readonly id: string;
  readonly arn: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** By what somebody can sign in beside their username, as `email`. */
  readonly aliases: readonly string[];
  readonly caseSensitive: boolean;
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  readonly passwords: PasswordPolicy;
  readonly groups: ReadonlySet<string>;
  readonly clients: readonly UserPoolClient[];
}

/** Reads the template's user pools, with their groups and clients. */
export function readUserPools(stack: Stack): UserPool[] {
  const groups = stack.ofType('AWS::Cognito::UserPoolGroup').map((group) => readProperties(groupProperties, group));
  const clients = stack.ofType('AWS::Cognito::UserPoolClient').map(readClient);
  return stack.ofType('AWS::Cognito::UserPool').map((resource) => {
    const { AliasAttributes, MfaConfiguration, Policies, UsernameConfiguration } = readProperties(
      poolProperties,
      resource,
    );
    return {
      id: resource.ref,
      arn: resource.attributes.Arn ?? '',
      issuer: resource.attributes.ProviderURL ?? '',
      aliases: AliasAttributes,
      caseSensitive: UsernameConfiguration.CaseSensitive,
      mfa: MfaConfiguration,
      passwords: policyOf(Policies?.PasswordPolicy),
      groups: new Set(groups.filter(({ UserPoolId }) => UserPoolId === resource.ref).map(({ GroupName }) => GroupName)),
      clients: clients.filter(({ poolId }) => poolId === resource.ref),
    };
  });
}

function readClient(resource: Resource): UserPoolClient & { readonly poolId: string } {
  const { UserPoolId, ExplicitAuthFlows, IdTokenValidity, TokenValidityUnits } = readProperties(
    clientProperties,
    resource,
  );
  const tokenSeconds = IdTokenValidity === undefined ? 3_600 : IdTokenValidity * units[TokenValidityUnits.IdToken];
  return { id: resource.ref, poolId: UserPoolId, flows: ExplicitAuthFlows, tokenSeconds };
}

/** Without a policy, Cognito's own: eight characters, with each kind among them. */
function policyOf(policy: z.infer<typeof passwordPolicy> | undefined): PasswordPolicy {
  if (policy === undefined) return { minimumLength: 8, lower: true, upper: true, digits: true, symbols: true };
  return {
    minimumLength: policy.MinimumLength,
    lower: policy.RequireLowercase,
    upper: policy.RequireUppercase,
    digits: policy.RequireNumbers,
    symbols: policy.RequireSymbols,
  };
}
