import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { createUserPool, type UserPoolSettings } from '../../infra/callers/userPool.ts';
import { bareStack } from './bareStack.ts';
import { faultsOf, read } from './settings/settingsProject.ts';

const byDefault: UserPoolSettings = read({}).settings;

function poolTemplate(changes: Partial<UserPoolSettings> = {}): Template {
  const stack = bareStack('Pool');
  createUserPool(stack, { ...byDefault, ...changes });
  return Template.fromStack(stack);
}

const only = (template: Template, type: string) => Object.values(template.findResources(type))[0];
const poolOf = (template: Template) => only(template, 'AWS::Cognito::UserPool')?.Properties;

describe('the stack’s own user pool', () => {
  test('takes whom an administrator enters, by a password of twelve characters and what they add to it', () => {
    expect(poolOf(poolTemplate())).toEqual({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AliasAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      DeletionProtection: 'ACTIVE',
      EmailVerificationMessage: expect.any(String),
      EmailVerificationSubject: expect.any(String),
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      MfaConfiguration: 'OPTIONAL',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
          TemporaryPasswordValidityDays: 3,
        },
      },
      SmsVerificationMessage: expect.any(String),
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      UserPoolTier: 'ESSENTIALS',
      UsernameConfiguration: { CaseSensitive: false },
      VerificationMessageTemplate: expect.any(Object),
    });
  });

  test('has a group for each capability', () => {
    const groups = Object.values(poolTemplate().findResources('AWS::Cognito::UserPoolGroup'));

    expect(groups.map(({ Properties }) => Properties.GroupName).sort()).toEqual(['admin', 'dial-in', 'meetings']);
  });

  test('has a client that signs in without hosted pages, for an hour, and tells nobody who has an account', () => {
    expect(only(poolTemplate(), 'AWS::Cognito::UserPoolClient')?.Properties).toEqual({
      UserPoolId: { Ref: expect.stringMatching(/^Users/) },
      AccessTokenValidity: 60,
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: false,
      IdTokenValidity: 60,
      PreventUserExistenceErrors: 'ENABLED',
      RefreshTokenValidity: 43_200,
      SupportedIdentityProviders: ['COGNITO'],
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      WriteAttributes: ['email', 'family_name', 'given_name', 'locale', 'name', 'phone_number', 'zoneinfo'],
    });
  });

  test('stays when the stack goes, with its groups, who is in them, and its client', () => {
    const resources = Object.values(poolTemplate().toJSON().Resources) as { Type: string; DeletionPolicy: string }[];
    const policies = resources.map(({ Type, DeletionPolicy }) => `${Type.slice(14)} ${DeletionPolicy}`);

    expect(policies.sort()).toEqual([
      'UserPool Retain',
      'UserPoolClient RetainExceptOnCreate',
      'UserPoolGroup RetainExceptOnCreate',
      'UserPoolGroup RetainExceptOnCreate',
      'UserPoolGroup RetainExceptOnCreate',
    ]);
  });
});

describe('mfa', () => {
  test.each([
    ['off', 'OFF', undefined],
    ['optional', 'OPTIONAL', ['SOFTWARE_TOKEN_MFA']],
    ['required', 'ON', ['SOFTWARE_TOKEN_MFA']],
  ] as const)('%s is MfaConfiguration %s', (mfa, configuration, kinds) => {
    const { MfaConfiguration, EnabledMfas } = poolOf(poolTemplate({ mfa }));

    expect([MfaConfiguration, EnabledMfas]).toEqual([configuration, kinds]);
  });

  test('is refused as anything else', () => {
    expect(faultsOf(() => read({ mfa: 'require' }))).toEqual([
      'mfa: Must be off, optional or required (did you mean required?).',
    ]);
  });
});

describe('passwordLength', () => {
  test('is what Cognito asks for', () => {
    const { settings } = read({ passwordLength: '16' });

    expect(poolOf(poolTemplate(settings)).Policies.PasswordPolicy.MinimumLength).toBe(16);
  });

  test.each([7, 100, 'long'])('is refused as %s', (passwordLength) => {
    expect(faultsOf(() => read({ passwordLength }))).toEqual([
      'passwordLength: Must be a whole number of characters, 8 to 99.',
    ]);
  });
});

describe('threatProtection', () => {
  test.each([
    ['off', 'ESSENTIALS', undefined],
    ['audit', 'PLUS', { AdvancedSecurityMode: 'AUDIT' }],
    ['full', 'PLUS', { AdvancedSecurityMode: 'ENFORCED' }],
  ] as const)('%s takes the plan %s', (threatProtection, plan, addOns) => {
    const { UserPoolTier, UserPoolAddOns } = poolOf(poolTemplate({ threatProtection }));

    expect([UserPoolTier, UserPoolAddOns]).toEqual([plan, addOns]);
  });
});
