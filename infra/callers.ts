import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
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

function createUserPool(scope: Construct): { issuer: string; audience: readonly string[] } {
  const pool = new UserPool(scope, 'Users', {
    selfSignUpEnabled: false,
    signInAliases: { username: true, email: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const client = pool.addClient('Client', { authFlows: { userSrp: true } });
  const issuer = `https://cognito-idp.${Stack.of(scope).region}.amazonaws.com/${pool.userPoolId}`;
  return { issuer, audience: [client.userPoolClientId] };
}
