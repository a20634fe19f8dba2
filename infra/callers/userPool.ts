import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { knownCapabilities } from '../../functions/users/user.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';
import { createSignInPages, type PoolSignIn } from './signInPages.ts';

/** What the AWS command line calls the pool and its client. */
export interface UserPoolNames {
  readonly poolId: string;
  readonly clientId: string;
}

export type UserPoolSettings = Pick<Settings, 'mfa' | 'passwordLength' | 'threatProtection'>;

const mfaModes = { off: Mfa.OFF, optional: Mfa.OPTIONAL, required: Mfa.REQUIRED };

/** Cognito's advanced security is part of its plan Plus alone. */
const protections = {
  off: { featurePlan: FeaturePlan.ESSENTIALS },
  audit: { featurePlan: FeaturePlan.PLUS, standardThreatProtectionMode: StandardThreatProtectionMode.AUDIT_ONLY },
  full: { featurePlan: FeaturePlan.PLUS, standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION },
};

/**
 * A pool of users whom an administrator enters, who stay with their groups when the stack goes: named as `issuer` and
 * `audience`, the pool and its client serve the next one.
 */
export function createUserPool(
  scope: Construct,
  { mfa, passwordLength, threatProtection }: UserPoolSettings,
  consoleOrigin?: string,
): { issuer: string; audience: readonly string[]; pool: UserPoolNames; signIn: PoolSignIn | undefined } {
  const pool = new UserPool(scope, 'Users', {
    selfSignUpEnabled: false,
    // Neither can be changed later. Without the second, Ana and ana are two people.
    signInAliases: { username: true, email: true },
    signInCaseSensitive: false,
    // A new address counts once its code was typed in; until then the old one does.
    autoVerify: { email: true },
    keepOriginal: { email: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: mfaModes[mfa],
    ...(mfa === 'off' ? {} : { mfaSecondFactor: { otp: true, sms: false } }),
    passwordPolicy: {
      minLength: passwordLength,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    ...protections[threatProtection],
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(pool, {
    'AwsSolutions-COG2':
      'By the setting mfa: without a second factor of the operator’s choice, nobody could sign in at first.',
    'AwsSolutions-COG8': 'By the setting threatProtection: the plan Plus costs by the user.',
  });
  createGroups(pool);
  const clientId = createClient(pool);
  return {
    issuer: pool.userPoolProviderUrl,
    audience: [clientId],
    pool: { poolId: pool.userPoolId, clientId },
    signIn: consoleOrigin === undefined ? undefined : createSignInPages(pool, consoleOrigin),
  };
}

/** Whoever is in a group has its name in the claim `cognito:groups` of their ID token. */
function createGroups(pool: UserPool): void {
  for (const capability of knownCapabilities) {
    const group = pool.addGroup(`Group-${capability}`, { groupName: capability });
    // Of a pool that stays, a group that goes takes along who is in it; one that a failed update left is in its own way.
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}

/**
 * A client without a secret, for pages by SRP, and for who holds AWS credentials by name and password: unlike
 * USER_PASSWORD_AUTH, `AdminInitiateAuth` is a call that IAM must allow (Amazon Cognito developer guide,
 * "Authentication flows"). It has no sign-in pages: the console's client has.
 */
function createClient(pool: UserPool): string {
  const client = pool.addClient('Client', {
    authFlows: { userSrp: true, adminUserPassword: true },
    disableOAuth: true,
    generateSecret: false,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    // The gateway asks nobody: whoever is disabled gets in until their token ends.
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
    // Not the preferred username, which the directory believes.
    writeAttributes: new ClientAttributes().withStandardAttributes({
      email: true,
      familyName: true,
      fullname: true,
      givenName: true,
      locale: true,
      phoneNumber: true,
      timezone: true,
    }),
  });
  client.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return client.userPoolClientId;
}
