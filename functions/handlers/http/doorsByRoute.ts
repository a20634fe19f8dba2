import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

type Door = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * One function that answers at several routes: each call of a few costs less waiting for a start, and a stack has room
 * for so many functions only.
 *
 * @param doors by the route key, as API Gateway names it in each event
 */
export function doorsByRoute(doors: Readonly<Record<string, Door>>): Door {
  const byRoute = new Map(Object.entries(doors));
  return async (event, context) => {
    const door = byRoute.get(event.routeKey);
    if (!door) throw new Error(`There is no door of ${event.routeKey}`);
    return door(event, context);
  };
}
