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
  RefreshTokenValidity: z.coerce.number().default(30),
  TokenValidityUnits: z
    .object({ IdToken: unit.default('hours'), RefreshToken: unit.default('days') })
    .default({ IdToken: 'hours', RefreshToken: 'days' }),
  RefreshTokenRotation: z.object({ Feature: z.enum(['ENABLED', 'DISABLED']) }).optional(),
  AllowedOAuthFlowsUserPoolClient: z.boolean().default(false),
  AllowedOAuthFlows: z.array(z.string()).default([]),
  AllowedOAuthScopes: z.array(z.string()).default([]),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
});

const groupProperties = z.object({ UserPoolId: z.string(), GroupName: z.string() });

/** Of an app client, what it may do to sign somebody in. */
export interface UserPoolClient {
  readonly id: string;
  /** As `ALLOW_ADMIN_USER_PASSWORD_AUTH`. */
  readonly flows: readonly string[];
  readonly tokenSeconds: number;
  readonly refreshSeconds: number;
  /** Whether a refresh token is good for one time. */
  readonly rotates: boolean;
  /** What it may do on the sign-in pages; undefined where it has none. */
  readonly pages: SignInClient | undefined;
}

/** Of an app client, how it uses the sign-in pages. */
export interface SignInClient {
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
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
  const properties = readProperties(clientProperties, resource);
  const { UserPoolId, ExplicitAuthFlows, IdTokenValidity, RefreshTokenValidity, TokenValidityUnits } = properties;
  return {
    id: resource.ref,
    poolId: UserPoolId,
    flows: ExplicitAuthFlows,
    tokenSeconds: IdTokenValidity === undefined ? 3_600 : IdTokenValidity * units[TokenValidityUnits.IdToken],
    refreshSeconds: RefreshTokenValidity * units[TokenValidityUnits.RefreshToken],
    rotates: properties.RefreshTokenRotation?.Feature === 'ENABLED',
    pages: pagesOf(properties),
  };
}

function pagesOf(client: z.output<typeof clientProperties>): SignInClient | undefined {
  if (!client.AllowedOAuthFlowsUserPoolClient || !client.AllowedOAuthFlows.includes('code')) return undefined;
  return { scopes: client.AllowedOAuthScopes, callbackUrls: client.CallbackURLs, logoutUrls: client.LogoutURLs };
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
