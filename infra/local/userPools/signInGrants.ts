import { createHash, randomBytes } from 'node:crypto';
import type { UserPoolClient } from './userPool.ts';

/** What somebody is asked for when they come to sign in, as the authorization request says it. */
export interface SignInRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  /** The SHA-256 of the client's secret of this time, in base64url (RFC 7636, section 4.2). */
  readonly codeChallenge: string | undefined;
}

/** Somebody who signed in, for as long as their refresh token lives. */
export interface SignedIn {
  readonly username: string;
  readonly clientId: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  readonly authTime: number;
}

interface Code {
  readonly request: SignInRequest;
  readonly username: string;
  readonly expires: number;
}

interface Refresh {
  readonly signedIn: SignedIn;
  readonly expires: number;
  /** Once it was used and another took its place: when it ends. */
  graceUntil?: number;
}

/** Codes live for five minutes; a refresh token that was replaced for another minute. */
const codeMs = 300_000;
const graceMs = 60_000;

/** The codes and refresh tokens that are out; they end with the process. */
export interface SignInGrants {
  issueCode(request: SignInRequest, username: string): string;
  /** @returns undefined where the code is unknown, used, too old or somebody else's */
  redeem(code: string, given: { clientId: string; redirectUri: string; verifier: string }): SignedIn | undefined;
  issueRefresh(client: UserPoolClient, signedIn: SignedIn): string;
  /** @returns who it is of, with the token that serves from now on; undefined where it serves no more */
  refresh(client: UserPoolClient, token: string): { signedIn: SignedIn; next: string } | undefined;
  revoke(token: string): void;
}

/** @param now milliseconds since the epoch */
export function createSignInGrants(now: () => number = Date.now): SignInGrants {
  const codes = new Map<string, Code>();
  const refreshes = new Map<string, Refresh>();
  const keep = (signedIn: SignedIn, expires: number) => {
    const token = newSecret();
    refreshes.set(token, { signedIn, expires });
    return token;
  };
  return {
    issueCode: (request, username) => {
      const code = newSecret();
      codes.set(code, { request, username, expires: now() + codeMs });
      return code;
    },
    redeem: (code, { clientId, redirectUri, verifier }) => {
      const found = codes.get(code);
      codes.delete(code);
      if (found === undefined || found.expires < now()) return undefined;
      const { request, username } = found;
      if (request.clientId !== clientId || request.redirectUri !== redirectUri) return undefined;
      if (request.codeChallenge !== undefined && request.codeChallenge !== challengeOf(verifier)) return undefined;
      const authTime = Math.floor(now() / 1_000);
      return { username, clientId, scope: request.scope, nonce: request.nonce, authTime };
    },
    issueRefresh: (client, signedIn) => keep(signedIn, now() + client.refreshSeconds * 1_000),
    refresh: (client, token) => {
      const found = refreshes.get(token);
      if (found === undefined || found.signedIn.clientId !== client.id) return undefined;
      if (Math.min(found.expires, found.graceUntil ?? found.expires) < now()) return undefined;
      if (!client.rotates) return { signedIn: found.signedIn, next: token };
      found.graceUntil ??= now() + graceMs;
      return { signedIn: found.signedIn, next: keep(found.signedIn, found.expires) };
    },
    revoke: (token) => {
      const revoked = refreshes.get(token)?.signedIn;
      // Whatever came of the same sign-in ends with it.
      for (const [one, { signedIn }] of refreshes) if (signedIn === revoked) refreshes.delete(one);
    },
  };
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
