import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { createUserPool, type UserPoolNames } from './userPool.ts';

/** Who vouches for callers. */
export interface Callers {
  readonly authorizer: IHttpRouteAuthorizer;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Where the stack made the issuer itself. */
  readonly pool: UserPoolNames | undefined;
}

/** The operator's own issuer; where they name none, a Cognito user pool in which nobody signs up on their own. */
export function createCallers(scope: Construct, settings: Settings): Callers {
  const { issuer, audience, pool } = settings.issuer
    ? { issuer: settings.issuer, audience: settings.audience, pool: undefined }
    : createUserPool(scope, settings);
  const authorizer = new HttpJwtAuthorizer('Callers', issuer, { jwtAudience: [...audience] });
  return { issuer, audience, pool, authorizer };
}
