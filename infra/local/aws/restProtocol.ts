import { AwsRefusal, type AwsRequest, type Protocol } from './awsCall.ts';
import { readJson } from './jsonProtocol.ts';

export interface RestRoute {
  readonly method: string;
  /** Its named groups become part of the input. */
  readonly path: RegExp;
  readonly action: string;
}

/**
 * A REST protocol with JSON: the action by method and path. The input is what the path names, the query, and the body.
 *
 * @param options.body how the body joins the input: as JSON, or whole as `Data`
 */
export function restProtocol(routes: readonly RestRoute[], options: { readonly body: 'json' | 'data' }): Protocol {
  return {
    read: (request) => {
      for (const { method, path, action } of routes) {
        const match = method === request.method ? path.exec(request.path) : null;
        if (match !== null) return { action, input: { ...bodyOf(request, options.body), ...placesOf(request, match) } };
      }
      throw new AwsRefusal('UnknownOperationException', `There is no ${request.method} ${request.path}`, 404);
    },
    write: ({ requestId }, output) => ({
      status: 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
      body: JSON.stringify(output),
    }),
    refuse: ({ code, message, status }, requestId) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, 'x-amzn-requestid': requestId },
      body: JSON.stringify({ Message: message, message }),
    }),
  };
}

function bodyOf({ body }: AwsRequest, kind: 'json' | 'data'): object {
  if (kind === 'data') return { Data: body };
  const json = readJson(body);
  if (typeof json === 'object' && json !== null) return json;
  throw new AwsRefusal('SerializationException', 'The body is no JSON object');
}

function placesOf({ query }: AwsRequest, match: RegExpExecArray): Record<string, string> {
  const groups = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
  const places = groups.map(([name, value]) => [name, decodeURIComponent(value)] as const);
  return Object.fromEntries([...query.entries(), ...places]);
}
