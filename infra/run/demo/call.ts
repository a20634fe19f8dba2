import type { LocalService } from '../../local/localService.ts';

export interface CallAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Body;
}

/** Calls the running service as a user, over HTTP. */
export async function callAs<Body = unknown>(
  service: Pick<LocalService, 'url' | 'token'>,
  username: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<CallAnswer<Body>> {
  const response = await fetch(service.url + path, {
    method,
    headers: {
      authorization: `Bearer ${await service.token(username)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) };
}
