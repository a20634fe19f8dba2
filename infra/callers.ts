import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { knownCapabilities } from '../functions/users/user.ts';
import type { Settings } from './settings.ts';

/** Who vouches for callers. */
export interface Callers {
  readonly authorizer: IHttpRouteAuthorizer;
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** The operator's own issuer; where they name none, a Cognito user pool in which nobody signs up on their own. */
export function createCallers(scope: Construct, settings: Settings): Callers {
  const { issuer, audience } = settings.issuer
    ? { issuer: settings.issuer, audience: settings.audience }
    : createUserPool(scope);
  return { issuer, audience, authorizer: new HttpJwtAuthorizer('Callers', issuer, { jwtAudience: [...audience] }) };
}

/**
 * A pool of users whom an administrator enters. Its groups are what the service asks for: whoever is in one has it in
 * the claim `cognito:groups` of their ID token. The client takes SRP from pages, and a name and password from who holds
 * AWS credentials for the pool (AdminInitiateAuth); it has no hosted pages.
 */
function createUserPool(scope: Construct): { issuer: string; audience: readonly string[] } {
  const pool = new UserPool(scope, 'Users', {
    selfSignUpEnabled: false,
    signInAliases: { username: true, email: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const capability of knownCapabilities) pool.addGroup(`Group-${capability}`, { groupName: capability });
  const client = pool.addClient('Client', {
    authFlows: { userSrp: true, adminUserPassword: true },
    disableOAuth: true,
  });
  const issuer = `https://cognito-idp.${Stack.of(scope).region}.amazonaws.com/${pool.userPoolId}`;
  return { issuer, audience: [client.userPoolClientId] };
}
