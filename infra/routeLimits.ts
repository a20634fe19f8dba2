import { CfnStage, type HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Door } from './api.ts';
import type { Settings } from './settings.ts';

/** Requests per second for codes that somebody may guess: 60 bits take centuries so. */
const shortLinksPerSecond = 500;

/** Assets that a page asks for beside its document and its facts, and one more for who comes back. */
const assetsPerPage = 8;

/**
 * Gives routes limits of their own at the gateway: whoever guesses short links takes nothing from other doors, and people
 * who open their rooms in the same minute get the pages whole, not the calls alone.
 *
 * An account has 10,000 requests per second and 5,000 at once, for all APIs of a region:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export function limitRoutes(
  stage: HttpStage,
  settings: Pick<Settings, 'throttleRate' | 'throttleBurst'>,
  { shortLinks, assets }: { shortLinks: Door; assets: Door },
): void {
  const { defaultChild } = stage.node;
  if (!(defaultChild instanceof CfnStage)) throw new Error('The stage of the HTTP API has no resource');
  defaultChild.routeSettings = {
    ...limitOf('/j/{code}', shortLinksPerSecond, shortLinksPerSecond),
    ...limitOf(
      '/assets/{hash}',
      Math.min(settings.throttleRate * assetsPerPage, 10_000),
      Math.min(settings.throttleBurst * assetsPerPage, 5000),
    ),
  };
  // API Gateway refuses the settings of a route that is not there yet.
  stage.node.addDependency(...shortLinks.routes, ...assets.routes);
}

function limitOf(path: string, ThrottlingRateLimit: number, ThrottlingBurstLimit: number) {
  return Object.fromEntries(
    ['GET', 'HEAD'].map((method) => [`${method} ${path}`, { ThrottlingRateLimit, ThrottlingBurstLimit }]),
  );
}
