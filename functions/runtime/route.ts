/** A route of the HTTP API. */
export interface Route {
  /** `ANY` stands with `$default` alone. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';
  /** As API Gateway writes it; `{linkPath}` at the beginning stands for the setting. */
  readonly path: string;
  /** Who may enter: whoever has a token of the configured issuer, or anyone. */
  readonly access: 'user' | 'open';
  /** The module of its Lambda function, below `handlers/` and without `.handler.ts`; or, of a function that serves several, what is its own. */
  readonly handler: string;
  /** The function's module, where it serves several. */
  readonly servedBy?: string;
}

/** What a function may be allowed to do with the table. */
export type TableAction =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'Query';

/** The methods that a route answers: where no token is needed, HEAD as GET (RFC 9110, section 9.3.2). */
export function methodsOf({ method, access }: Route): readonly Exclude<Route['method'] | 'HEAD', 'ANY'>[] {
  if (method === 'ANY') return [];
  return method === 'GET' && access === 'open' ? ['GET', 'HEAD'] : [method];
}

/** The methods that an address answers; none where nothing is there. @param address decoded */
export function allowedMethods(all: readonly Route[], address: string, linkPath: string): string[] {
  const given = address.split('/');
  const matching = all.flatMap((route) => {
    const path = route.path.replace('{linkPath}', linkPath).split('/');
    return matches(path, given) ? [{ route, variables: path.filter(isVariable).length }] : [];
  });
  const fewest = Math.min(...matching.map(({ variables }) => variables));
  return matching.filter(({ variables }) => variables === fewest).flatMap(({ route }) => methodsOf(route));
}

function matches(path: readonly string[], given: readonly string[]): boolean {
  return (
    path.length === given.length &&
    path.every((segment, index) => (isVariable(segment) ? given[index] !== '' : segment === given[index]))
  );
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{');
}
