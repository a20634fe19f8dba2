import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Construct } from 'constructs';
import type { ConsoleSettings } from '../../functions/console/consoleSettings.ts';
import { hasConsole } from '../settings/console.ts';
import type { Settings } from '../settings.ts';
import { createUserPool, type UserPoolNames } from './userPool.ts';

/** Who vouches for callers. */
export interface Callers {
  readonly authorizer: IHttpRouteAuthorizer;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Where the stack made the issuer itself. */
  readonly pool: UserPoolNames | undefined;
  /** How people sign in to the console; undefined where there is none. */
  readonly signIn: SignIn | undefined;
}

type SignIn = ConsoleSettings['signIn'];

/**
 * The operator's own issuer; where they name none, a Cognito user pool in which nobody signs up on their own.
 *
 * @param consoleOrigin where people come back to after they signed in; undefined where there is no console
 */
export function createCallers(scope: Construct, settings: Settings, consoleOrigin?: string): Callers {
  const { issuer, audience, pool, signIn } = settings.issuer
    ? { issuer: settings.issuer, audience: settings.audience, pool: undefined, signIn: ownSignIn(settings) }
    : createUserPool(scope, settings, consoleOrigin);
  const jwtAudience = [...new Set([...audience, ...(signIn ? [signIn.clientId] : [])])];
  const authorizer = new HttpJwtAuthorizer('Callers', issuer, { jwtAudience });
  return { issuer, audience, pool, signIn, authorizer };
}

function ownSignIn({ issuer, consoleClientId, ...settings }: Settings): SignIn | undefined {
  if (issuer === undefined || consoleClientId === undefined) return undefined;
  return hasConsole({ ...settings, issuer, consoleClientId })
    ? { kind: 'oidc', issuer, clientId: consoleClientId }
    : undefined;
}
