import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Listener } from '../furtherServers.ts';
import { isForThisMachine, readBody, urlOf } from '../httpServer.ts';
import type { LocalUser } from '../tokens/localUsers.ts';
import { createSignInGrants, type SignedIn, type SignInGrants, type SignInRequest } from './signInGrants.ts';
import { faultPage, pagePolicy, signInPage } from './signInPage.ts';
import type { SignInClient, UserPool, UserPoolClient } from './userPool.ts';

export interface SignInPagesOptions {
  readonly pools: readonly UserPool[];
  readonly users: readonly LocalUser[];
  /** Signs a token of a user, with these claims over the user's own. */
  readonly issue: (username: string, claims: Readonly<Record<string, unknown>>) => Promise<string>;
  readonly onError: (error: unknown) => void;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Answer = (url: URL, form: URLSearchParams, request: IncomingMessage) => Reply | Promise<Reply>;

/** Whoever signed in is known for an hour, as on Cognito's pages, until they sign out there. */
const sessionCookie = 'signed-in';
const sessionSeconds = 3_600;

/**
 * Stands in for the sign-in pages of user pools, at their own paths (Amazon Cognito developer guide, "Managed login endpoints
 * reference" and "User pool endpoints and managed login reference"): anybody here may be each of the local users.
 */
export function createSignInPages({ pools, users, issue, onError }: SignInPagesOptions): Listener {
  const clients = pools.flatMap((pool) => pool.clients);
  const grants = createSignInGrants();
  const answers: Readonly<Record<string, Answer>> = {
    'GET /oauth2/authorize': ({ searchParams }, _, request) => {
      const asked = readRequest(clients, searchParams);
      if ('fault' in asked) return asked.fault;
      const known = users.find(({ username }) => username === cookieOf(request));
      if (known && searchParams.get('prompt') !== 'login') return comeBack(grants, asked, searchParams, known.username);
      return htmlReply(200, signInPage(users, searchParams.toString()));
    },
    'POST /login': ({ searchParams }, form) => {
      const asked = readRequest(clients, searchParams);
      if ('fault' in asked) return asked.fault;
      const user = users.find(({ username }) => username === form.get('username'));
      if (user === undefined) return htmlReply(400, faultPage('There is no such user here.'));
      const back = comeBack(grants, asked, searchParams, user.username);
      return { ...back, headers: { ...back.headers, 'set-cookie': cookie(user.username, sessionSeconds) } };
    },
    'POST /oauth2/token': async (_, form) => {
      const client = clients.find(({ id }) => id === form.get('client_id'));
      if (client?.pages === undefined) return jsonReply(400, { error: 'invalid_client' });
      return tokenReply({ grants, issue }, client, form);
    },
    'POST /oauth2/revoke': (_, form) => {
      grants.revoke(form.get('token') ?? '');
      return { status: 200, headers: anyOrigin };
    },
    'GET /logout': ({ searchParams }) => {
      const client = clients.find(({ id }) => id === searchParams.get('client_id'));
      const target = searchParams.get('logout_uri') ?? '';
      if (!client?.pages?.logoutUrls.includes(target)) return htmlReply(400, faultPage('This is no address to go to.'));
      return { status: 302, headers: { location: target, 'set-cookie': cookie('', 0) } };
    },
  };
  return (request, response) => {
    answerRequest(answers, request)
      .catch((error: unknown): Reply => {
        onError(error);
        return { status: 500 };
      })
      .then(({ status, headers = {}, body = '' }) => {
        response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end(body);
      })
      .catch(onError);
  };
}

async function answerRequest(answers: Readonly<Record<string, Answer>>, request: IncomingMessage): Promise<Reply> {
  if (!isForThisMachine(request)) return { status: 403 };
  const url = urlOf(request);
  const answer = answers[`${request.method} ${url.pathname}`];
  if (answer === undefined) return { status: 404 };
  const body = await readBody(request, 64 * 1024);
  return answer(url, new URLSearchParams(body.toString()), request);
}

/** What is asked for; a fault is shown here, since it may not be trusted where it leads. */
function readRequest(
  clients: readonly UserPoolClient[],
  query: URLSearchParams,
): SignInRequest | { readonly fault: Reply } {
  const client = clients.find(({ id }) => id === query.get('client_id'));
  const redirectUri = query.get('redirect_uri') ?? '';
  if (client?.pages === undefined) return { fault: htmlReply(400, faultPage('There is no such client.')) };
  if (!client.pages.callbackUrls.includes(redirectUri)) {
    return { fault: htmlReply(400, faultPage('The client does not come back to this address (redirect_mismatch).')) };
  }
  const error = whyNot(client.pages, query);
  if (error !== undefined) return { fault: redirect(redirectUri, query, { error }) };
  return {
    clientId: client.id,
    redirectUri,
    scope: query.get('scope') ?? client.pages.scopes.join(' '),
    nonce: query.get('nonce') ?? undefined,
    codeChallenge: query.get('code_challenge') ?? undefined,
  };
}

function whyNot({ scopes }: SignInClient, query: URLSearchParams): string | undefined {
  if (query.get('response_type') !== 'code') return 'unauthorized_client';
  if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256') return 'invalid_request';
  const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  return asked.every((scope) => scopes.includes(scope)) ? undefined : 'invalid_scope';
}

function comeBack(grants: SignInGrants, request: SignInRequest, query: URLSearchParams, username: string): Reply {
  return redirect(request.redirectUri, query, { code: grants.issueCode(request, username) });
}

function redirect(target: string, query: URLSearchParams, answer: Readonly<Record<string, string>>): Reply {
  const url = new URL(target);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  const state = query.get('state');
  if (state !== null) url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href } };
}

async function tokenReply(
  { grants, issue }: { grants: SignInGrants; issue: SignInPagesOptions['issue'] },
  client: UserPoolClient,
  form: URLSearchParams,
): Promise<Reply> {
  const grant = form.get('grant_type');
  if (grant === 'authorization_code') {
    const signedIn = grants.redeem(form.get('code') ?? '', {
      clientId: client.id,
      redirectUri: form.get('redirect_uri') ?? '',
      verifier: form.get('code_verifier') ?? '',
    });
    if (signedIn === undefined) return jsonReply(400, { error: 'invalid_grant' });
    return jsonReply(200, await tokensOf(issue, client, signedIn, grants.issueRefresh(client, signedIn)));
  }
  if (grant !== 'refresh_token') return jsonReply(400, { error: 'unsupported_grant_type' });
  const refreshed = grants.refresh(client, form.get('refresh_token') ?? '');
  if (refreshed === undefined) return jsonReply(400, { error: 'invalid_grant' });
  const { signedIn, next } = refreshed;
  return jsonReply(200, await tokensOf(issue, client, { ...signedIn, nonce: undefined }, next));
}

async function tokensOf(
  issue: SignInPagesOptions['issue'],
  client: UserPoolClient,
  { username, scope, nonce, authTime }: SignedIn,
  refreshToken: string,
) {
  const exp = Math.floor(Date.now() / 1_000) + client.tokenSeconds;
  const shared = { auth_time: authTime, exp, jti: randomUUID() };
  const ofUserAlone = { name: undefined, email: undefined, email_verified: undefined };
  const ofPhone = { phone_number: undefined, phone_number_verified: undefined };
  const access = { client_id: client.id, token_use: 'access', scope, username };
  return {
    id_token: await issue(username, { ...shared, aud: client.id, nonce }),
    access_token: await issue(username, { ...shared, ...ofUserAlone, ...ofPhone, ...access, aud: undefined }),
    refresh_token: refreshToken,
    expires_in: client.tokenSeconds,
    token_type: 'Bearer',
  };
}

const anyOrigin = { 'access-control-allow-origin': '*' };

function jsonReply(status: number, body: unknown): Reply {
  return { status, headers: { ...anyOrigin, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function htmlReply(status: number, body: string): Reply {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy };
  return { status, headers, body };
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|; )${sessionCookie}=([^;]*)`).exec(headers.cookie ?? '')?.[1];
}

/** Cookies are shared by the ports of a host: this one goes to these pages alone, by its path. */
function cookie(username: string, seconds: number): string {
  return `${sessionCookie}=${username}; Path=/oauth2; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
}
