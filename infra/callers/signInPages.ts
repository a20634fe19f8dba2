import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  ClientAttributes,
  ManagedLoginVersion,
  OAuthScope,
  type UserPool,
} from 'aws-cdk-lib/aws-cognito';
import type { ConsoleSettings } from '../../functions/console/consoleSettings.ts';

/** How the console signs people in to the stack's own pool. */
export type PoolSignIn = Extract<ConsoleSettings['signIn'], { kind: 'cognito' }>;

/**
 * Gives a pool the pages of Cognito's managed login, and the console a client for them: public, by code with PKCE.
 *
 * A domain with managed login shows an error until its client has a branding (Amazon Cognito developer guide, "Apply branding
 * to managed login pages"); it is part of the plans Essentials and Plus.
 *
 * @param origin where the console is, to which people come back after signing in and out
 */
export function createSignInPages(pool: UserPool, origin: string): PoolSignIn {
  const domain = pool.addDomain('SignIn', {
    cognitoDomain: { domainPrefix: prefixOf(Stack.of(pool)) },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  const client = pool.addClient('ConsoleClient', {
    // With rotation Cognito takes no ALLOW_REFRESH_TOKEN_AUTH ("Refresh tokens", "Using refresh token rotation").
    authFlows: { user: true, userSrp: true },
    generateSecret: false,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PHONE, OAuthScope.PROFILE],
      callbackUrls: [`${origin}/`],
      logoutUrls: [`${origin}/`],
    },
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
    // Two tabs, or an answer that was lost, may send the same token twice within it; 60 seconds are the most.
    refreshTokenRotationGracePeriod: Duration.seconds(60),
    writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true, locale: true }),
  });
  client.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  new CfnManagedLoginBranding(pool, 'SignInLook', {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  }).node.addDependency(domain);
  return {
    kind: 'cognito',
    issuer: pool.userPoolProviderUrl,
    clientId: client.userPoolClientId,
    domain: domain.baseUrl(),
  };
}

/** A prefix is unique among all of a region; the stack's own id is `arn:…:stack/<name>/<uuid>`, of which the last 12 digits serve. */
function prefixOf(stack: Stack): string {
  const uuid = Fn.select(2, Fn.split('/', stack.stackId));
  return Fn.join('-', ['meetings', Fn.select(4, Fn.split('-', uuid))]);
}
