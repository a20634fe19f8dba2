import type { GatewayRoute } from './httpApi.ts';

export interface RouteMatch {
  readonly route: GatewayRoute;
  /** Decoded; empty where the route's path has no variables. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the route for a request. @param path percent-encoded, without the stage */
export type RouteTable = (method: string, path: string) => RouteMatch | undefined;

interface Entry {
  readonly route: GatewayRoute;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * Selects routes as an HTTP API does: a full match before one with a greedy variable (`{proxy+}`) before `$default`; within that, a fixed
 * segment before a variable, and the method before `ANY`.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function createRouteTable(routes: readonly GatewayRoute[]): RouteTable {
  const entries = routes.flatMap((route): Entry[] => {
    const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(route.routeKey) ?? [];
    return method === undefined || path === undefined ? [] : [{ route, method, segments: segmentsOf(path) }];
  });
  const ordered = entries.sort((left, right) => compareText(rankOf(left), rankOf(right)));
  const otherwise = routes.find(({ routeKey }) => routeKey === '$default');
  return (method, path) => {
    const segments = segmentsOf(path);
    for (const entry of ordered) {
      if (entry.method !== method && entry.method !== 'ANY') continue;
      const pathParameters = matchSegments(entry.segments, segments);
      if (pathParameters !== undefined) return { route: entry.route, pathParameters };
    }
    return otherwise && { route: otherwise, pathParameters: {} };
  };
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

/** Sorts before the rank of every route that is less specific. */
function rankOf({ segments, method }: Entry): string {
  const kinds = segments.map((segment) => (isGreedy(segment) ? '2' : isVariable(segment) ? '1' : '0'));
  return `${kinds.includes('2') ? '1' : '0'}${kinds.join('')}~${method === 'ANY' ? '1' : '0'}`;
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (isGreedy(expected)) {
      parameters[expected.slice(1, -2)] = decode(segments.slice(index).join('/'));
      return parameters;
    }
    if (isVariable(expected)) {
      if (segment === '') return undefined;
      parameters[expected.slice(1, -1)] = decode(segment);
    } else if (decode(segment) !== expected) return undefined;
  }
  return segments.length === pattern.length ? parameters : undefined;
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{');
}

function isGreedy(segment: string): boolean {
  return segment.endsWith('+}');
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Percent-decoding that takes a stray `%` as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
