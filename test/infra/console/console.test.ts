import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { resourcesOf } from '../fourSettings.ts';
import { faultsOf, read } from '../settings/settingsProject.ts';

const templateOf = async (settings: Parameters<typeof resourcesOf>[0]) =>
  Template.fromJSON({ Resources: await resourcesOf(settings) });

describe('the console of the settings as they ship', () => {
  let template: Template;
  beforeAll(async () => {
    template = await templateOf('shipped');
  });
  const consoleUrl = { 'Fn::GetAtt': [expect.stringMatching(/^Console[0-9A-F]{8}$/), 'ApiEndpoint'] };

  test('is an API of its own, open to all, with HEAD beside each GET', () => {
    const ofConsole = { Properties: { ApiId: { Ref: Match.stringLikeRegexp('^Console') } } };
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route', ofConsole));

    expect(routes.map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]).sort()).toEqual(
      ['/', '/assets/{hash}', '/settings.json', '/{page+}']
        .flatMap((path) => [
          [`GET ${path}`, 'NONE'],
          [`HEAD ${path}`, 'NONE'],
        ])
        .sort(),
    );
  });

  test('may call the API from its page', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: { AllowOrigins: [Match.objectLike({ 'Fn::GetAtt': Match.anyValue() })] },
    });
    const apis = Object.values(template.findResources('AWS::ApiGatewayV2::Api'));
    const origins = apis.flatMap(({ Properties }) => Properties.CorsConfiguration?.AllowOrigins ?? []);
    expect(origins).toEqual([consoleUrl]);
  });

  test('has a public client at the pool, by code, that comes back to the console alone and rotates its refresh tokens', () => {
    const clients = Object.values(template.findResources('AWS::Cognito::UserPoolClient'));
    const client = clients.find(({ Properties }) => Properties.AllowedOAuthFlowsUserPoolClient)?.Properties;
    const back = [{ 'Fn::Join': ['', [consoleUrl, '/']] }];

    expect(client).toEqual({
      UserPoolId: { Ref: expect.stringMatching(/^Users/) },
      AccessTokenValidity: 60,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile'],
      CallbackURLs: back,
      EnableTokenRevocation: true,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH'],
      GenerateSecret: false,
      IdTokenValidity: 60,
      LogoutURLs: back,
      PreventUserExistenceErrors: 'ENABLED',
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      RefreshTokenValidity: 720,
      SupportedIdentityProviders: ['COGNITO'],
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      WriteAttributes: ['locale', 'name'],
    });
  });

  test('signs people in on pages of the managed login, under a name that no other stack has', () => {
    const stackIdParts = { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] };
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', {
      ManagedLoginVersion: 2,
      Domain: {
        'Fn::Join': [
          '-',
          ['meetings', { 'Fn::Select': [4, { 'Fn::Split': ['-', { 'Fn::Select': [2, stackIdParts] }] }] }],
        ],
      },
    });
    template.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', {
      UseCognitoProvidedValues: true,
      ClientId: { Ref: Match.stringLikeRegexp('^UsersConsoleClient') },
    });
  });

  test('its tokens are taken beside those of the other client', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: {
        Audience: [
          { Ref: Match.stringLikeRegexp('^UsersClient') },
          { Ref: Match.stringLikeRegexp('^UsersConsoleClient') },
        ],
      },
    });
  });

  test('its functions may do nothing but write their log', () => {
    const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
    expect(policies.filter((id) => /Console/.test(id))).toEqual([]);
  });
});

test('there is none with an issuer of one’s own that does not know it', async () => {
  const template = await templateOf('a wac.ini');

  expect(Object.keys(template.findResources('AWS::Lambda::Function')).filter((id) => /Console/.test(id))).toEqual([]);
  template.resourceCountIs('AWS::Cognito::UserPoolClient', 0);
});

describe('the settings of the console', () => {
  test.each([
    [
      { consoleHost: 'http://console.example.org' },
      'consoleHost: Must be an address such as https://console.example.org, without a path, query, fragment or user.',
    ],
    [
      { linkHost: 'https://meet.example.org', consoleHost: 'https://meet.example.org' },
      'consoleHost: Must be another host than linkHost: what strangers write in rooms must not reach the console.',
    ],
    [
      { consoleClientId: 'web' },
      "consoleClientId: Only with issuer: the stack's own user pool has a client for the console.",
    ],
    [{ console: 'maybe' }, 'console: Must be true or false.'],
    [
      { consoleCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/11112222-3333-4444-5555-666677778888' },
      'consoleCertificateArn: Needs consoleHost to be https:// and a name, without a port.',
    ],
  ])('are refused as %j', (settings, fault) => {
    expect(faultsOf(() => read(settings))).toEqual([fault]);
  });
});
