import { CfnStage, type HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Door } from './api.ts';

/** Requests per second for codes that somebody may guess: 60 bits take centuries so. */
const perSecond = 500;

/** Gives the short links of SMS a limit of their own at the gateway, so that whoever guesses takes nothing from other doors. */
export function limitShortLinks(stage: HttpStage, { routes }: Door): void {
  const { defaultChild } = stage.node;
  if (!(defaultChild instanceof CfnStage)) throw new Error('The stage of the HTTP API has no resource');
  const limit = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: perSecond };
  defaultChild.routeSettings = Object.fromEntries(['GET', 'HEAD'].map((method) => [`${method} /j/{code}`, limit]));
  // API Gateway refuses the settings of a route that is not there yet.
  stage.node.addDependency(...routes);
}
