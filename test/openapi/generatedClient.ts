import { OpenAPIClientAxios, type UnknownOperationMethods } from 'openapi-client-axios';
import { expect } from 'vitest';
import type { Journey } from '../journeys/journey.ts';
import { type Answer, type Conformance, readConformance } from './conformance.ts';

/** Who calls: their id, and the capabilities of their token. */
export interface Visitor {
  readonly sub: string;
  readonly groups?: readonly string[];
}

export interface Sending {
  /** Nobody: without a token. */
  readonly as?: Visitor | undefined;
  /** Of the path, the query and the headers, by name. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** Text is sent as it is, all else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of a body says what it is
type Received = Answer & { readonly body: any };

export interface GeneratedClient {
  readonly conformance: Conformance;
  /** Calls an operation by its name, and holds the answer against the document. */
  send(operationId: string, sending: Sending): Promise<Received>;
}

/** A client that is made of the document which the running service serves, and of nothing else. */
export async function generateClient(service: Journey): Promise<GeneratedClient> {
  const text = await (await fetch(`${service.url}/openapi.json`)).text();
  const conformance = readConformance(text);
  const api = new OpenAPIClientAxios({
    definition: JSON.parse(text),
    axiosConfigDefaults: { validateStatus: () => true, maxRedirects: 0, transformRequest: [], transformResponse: [] },
    withServer: { url: service.url },
  });
  const client = await api.getClient<UnknownOperationMethods>();
  return {
    conformance,
    send: async (operationId, { as, parameters = {}, body, headers = {} }) => {
      const method = client[operationId];
      if (!method) throw new Error(`The client has no ${operationId}`);
      const response = await method({ ...parameters }, bodyText(body), {
        headers: {
          ...(as ? { authorization: `Bearer ${await tokenOf(service, as)}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      });
      const answer = { status: response.status, headers: headersOf(response.headers), body: parsed(response) };
      conformance.check(operationId, answer);
      if (answer.status < 300 && body !== undefined) expect(conformance.bodyFaults(operationId, body)).toEqual([]);
      return answer;
    },
  };
}

function tokenOf(service: Journey, { sub, groups = [] }: Visitor): Promise<string> {
  return service.token('bob', {
    sub,
    'cognito:username': sub,
    'cognito:groups': groups,
    email: `${sub}@example.org`,
    phone_number: undefined,
    phone_number_verified: undefined,
  });
}

function bodyText(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

function headersOf(headers: object): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function parsed({ data, headers }: { data: unknown; headers: object }): unknown {
  const type = headersOf(headers)['content-type'] ?? '';
  return typeof data === 'string' && /json/.test(type) && data !== '' ? JSON.parse(data) : data;
}
