import { type Session, SignedOut } from '../signIn/session.ts';

/** One fault of what was sent. */
export interface InputFault {
  /** A JSON Pointer into it. */
  readonly path: string;
  readonly message: string;
}

/** What the API does not carry out, and why. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  /** Empty where the gateway refused. */
  readonly code: string;
  readonly faults: readonly InputFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Record<string, unknown>, retryAfter: string | null) {
    super(typeof problem.detail === 'string' ? problem.detail : `The service answered with ${status}.`);
    this.status = status;
    this.code = typeof problem.code === 'string' ? problem.code : '';
    this.faults = Array.isArray(problem.errors) ? problem.errors.filter(isFault) : [];
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

/** No answer came: there is no network, or the service is not there. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface ApiReply<Body> {
  readonly status: number;
  readonly body: Body;
  readonly etag: string | undefined;
}

export interface CallOptions {
  /** Sent as JSON; of a PATCH as a merge patch. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API as who is signed in. */
export interface ApiClient {
  /** @throws {ApiRefusal} @throws {Unreachable} @throws {SignedOut} */
  call<Body>(method: string, path: string, options?: CallOptions): Promise<ApiReply<Body>>;
  /** A reply that is no JSON. @param accept its media type */
  file(path: string, accept: string): Promise<Blob>;
}

const patienceMs = 30_000;

/** @param origin the API's own address */
export function createApiClient(origin: string, session: Session): ApiClient {
  const send = async (method: string, path: string, { body, headers = {} }: CallOptions, token: string) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), patienceMs);
    try {
      return await fetch(origin + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': type }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: patience.signal,
      });
    } catch (cause) {
      throw new Unreachable('The service cannot be reached', { cause });
    } finally {
      clearTimeout(timer);
    }
  };
  const ask = async (method: string, path: string, options: CallOptions): Promise<Response> => {
    const first = await send(method, path, options, await tokenOf(session.token()));
    // The clock of this machine may be wrong, or the token was taken back.
    const response =
      first.status === 401 ? await send(method, path, options, (await tokensOf(session)).idToken) : first;
    if (response.status === 401) {
      session.lose();
      throw new SignedOut();
    }
    if (!response.ok)
      throw new ApiRefusal(response.status, await problemOf(response), response.headers.get('retry-after'));
    return response;
  };
  return {
    call: async (method, path, options = {}) => {
      const response = await ask(method, path, options);
      const text = await response.text();
      const etag = response.headers.get('etag') ?? undefined;
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text), etag };
    },
    file: async (path, accept) => (await ask('GET', path, { headers: { accept } })).blob(),
  };
}

async function tokensOf(session: Session) {
  return await tokenOf(session.renew());
}

/** An issuer that cannot be reached is no reason to sign in anew. */
async function tokenOf<Token>(asked: Promise<Token>): Promise<Token> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof SignedOut) throw cause;
    throw new Unreachable('The issuer cannot be reached', { cause });
  }
}

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const problem: unknown = await response.json();
    return typeof problem === 'object' && problem !== null ? Object.fromEntries(Object.entries(problem)) : {};
  } catch {
    return {};
  }
}

function isFault(fault: unknown): fault is InputFault {
  return (
    typeof fault === 'object' &&
    fault !== null &&
    'path' in fault &&
    'message' in fault &&
    typeof fault.path === 'string' &&
    typeof fault.message === 'string'
  );
}
