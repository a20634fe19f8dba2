import { DomainName, HttpApi, HttpRoute, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { consoleRoutes } from '../../functions/console/consoleRoutes.ts';
import { type ConsoleSettings, consoleSettingsSchema } from '../../functions/console/consoleSettings.ts';
import { logRequests } from '../accessLog.ts';
import { acknowledge } from '../acknowledge.ts';
import { openDoor, routeKeysOf } from '../api.ts';
import { createFunction, type FunctionDefaults } from '../serviceFunction.ts';
import { hasConsole } from '../settings/console.ts';
import type { Settings } from '../settings.ts';

/** The console's HTTP API, an origin of its own, still without routes: others are told where it is before it leads anywhere. */
export interface ConsoleApi {
  readonly api: HttpApi;
  /** What browsers call it; without a slash at its end. */
  readonly origin: string;
  readonly domainName: DomainName | undefined;
}

/** @returns undefined where there is no console */
export function createConsoleApi(scope: Construct, settings: Settings): ConsoleApi | undefined {
  if (!hasConsole(settings)) return undefined;
  const api = new HttpApi(scope, 'Console', { createDefaultStage: false });
  const domainName = createDomainName(scope, settings);
  new HttpStage(scope, 'ConsoleStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
    accessLogSettings: logRequests(scope, 'ConsoleAccess', settings).accessLogSettings,
    ...(domainName ? { domainMapping: { domainName } } : {}),
  });
  return { api, origin: settings.consoleHost ?? api.apiEndpoint, domainName };
}

/** One function for each handler of the console's routes. They touch nothing but their own environment. */
export function createConsole(
  scope: Construct,
  { environment, ...defaults }: FunctionDefaults,
  { api }: ConsoleApi,
  settings: ConsoleSettings,
): void {
  const told = Stack.of(scope).toJsonString(consoleSettingsSchema.parse(settings));
  // What they share with the others is how they log; the table and the settings are none of theirs.
  const logging = Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('POWERTOOLS_')));
  for (const handler of new Set(consoleRoutes.map((route) => route.handler))) {
    const door = createFunction(
      scope,
      { ...defaults, environment: logging },
      { handler, environment: { CONSOLE: told } },
    );
    const integration = new HttpLambdaIntegration(`${door.node.id}Integration`, door);
    for (const route of consoleRoutes.filter((one) => one.handler === handler)) {
      for (const [suffix, routeKey] of routeKeysOf(route, '')) {
        const place = route.path === '/{page+}' ? 'Pages' : '';
        const id = `${door.node.id}${place}${suffix}Route`;
        acknowledge(new HttpRoute(scope, id, { httpApi: api, routeKey, integration }), openDoor);
      }
    }
  }
}

/** What the console is told of the deployment. */
export function consoleSettings(
  { timeZone, languages, jitsiHost, pstnExtension }: Settings,
  { api, signIn }: Pick<ConsoleSettings, 'api' | 'signIn'>,
): ConsoleSettings {
  const passwords = jitsiHost !== undefined ? 'none' : pstnExtension !== undefined ? 'digits' : 'text';
  return { api, signIn, timeZone, languages, passwords };
}

function createDomainName(scope: Construct, { consoleHost, consoleCertificateArn }: Settings): DomainName | undefined {
  if (consoleHost === undefined || consoleCertificateArn === undefined) return undefined;
  return new DomainName(scope, 'ConsoleDomain', {
    domainName: new URL(consoleHost).hostname,
    certificate: Certificate.fromCertificateArn(scope, 'ConsoleCertificate', consoleCertificateArn),
  });
}
