import * as oauth from 'oauth4webapi';
import type { SignInSettings } from '../app/settings.ts';
import { findIssuer, type Issuer, insecure } from './issuerClient.ts';
import type { TokenStorage, Tokens } from './tokens.ts';

/** Nobody is signed in any more: they have to sign in again. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

/** However long an issuer would go on, one signs in again after half a day. */
const longestMs = 12 * 3_600_000;
/** A token is renewed before it ends by so much. */
const aheadMs = 60_000;

/** Signs one person in, by code with PKCE (RFC 7636), and keeps them signed in. */
export class Session {
  readonly #settings: SignInSettings;
  readonly #storage: TokenStorage;
  /** Where the issuer sends people back to. */
  readonly #home: string;
  #issuer: Promise<Issuer> | undefined;
  #renewal: Promise<Tokens> | undefined;

  constructor(settings: SignInSettings, storage: TokenStorage, home: string) {
    this.#settings = settings;
    this.#storage = storage;
    this.#home = home;
  }

  get isSignedIn(): boolean {
    return this.#current() !== undefined;
  }

  /** Leaves the page for the issuer's. */
  async begin(returnTo: string): Promise<void> {
    const { server, client, scope } = await this.#find();
    const [state, nonce, verifier] = [
      oauth.generateRandomState(),
      oauth.generateRandomNonce(),
      oauth.generateRandomCodeVerifier(),
    ];
    this.#storage.keepPending({ state, nonce, verifier, returnTo });
    const target = new URL(server.authorization_endpoint ?? '');
    const asked = {
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: this.#home,
      scope,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) target.searchParams.set(name, value);
    location.assign(target);
  }

  /**
   * Takes what the issuer sent back in the page's address.
   *
   * @returns the path that was wanted; undefined where the address holds no answer of an issuer
   * @throws where the sign-in failed
   */
  async complete(address: URL): Promise<string | undefined> {
    const { searchParams } = address;
    if (!searchParams.has('state') || !(searchParams.has('code') || searchParams.has('error'))) return undefined;
    const pending = this.#storage.pending();
    this.#storage.keepPending(undefined);
    // An answer that was taken before, as after a step back.
    if (pending === undefined) return '/';
    const { server, client } = await this.#find();
    const parameters = oauth.validateAuthResponse(server, client, searchParams, pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      this.#home,
      pending.verifier,
      insecure(server.token_endpoint),
    );
    const expected = { expectedNonce: pending.nonce, requireIdToken: true };
    const answer = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
    this.#keep(answer, Date.now(), undefined);
    return pending.returnTo;
  }

  /** A token for the API. @throws {SignedOut} */
  async token(): Promise<string> {
    const tokens = this.#current();
    if (tokens === undefined) throw new SignedOut();
    return tokens.expires - aheadMs > Date.now() ? tokens.idToken : (await this.renew()).idToken;
  }

  /** Asks for new tokens, once for all who ask in one moment. @throws {SignedOut} */
  renew(): Promise<Tokens> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Forgets who is signed in. */
  lose(): void {
    this.#storage.keepTokens(undefined);
  }

  /** Signs out: here, and at the issuer, whose refresh token ends. Leaves the page. */
  async end(): Promise<void> {
    const tokens = this.#storage.tokens();
    this.lose();
    const issuer = await this.#find();
    const { server, client, signOutUrl } = issuer;
    if (tokens?.refreshToken !== undefined && server.revocation_endpoint !== undefined) {
      // Signing out goes on where it fails: the token is forgotten here, and ends by itself.
      await oauth
        .revocationRequest(server, client, oauth.None(), tokens.refreshToken, insecure(server.revocation_endpoint))
        .catch(() => undefined);
    }
    location.assign(signOutUrl(tokens?.idToken, this.#home) ?? this.#home);
  }

  async #renew(): Promise<Tokens> {
    const tokens = this.#current();
    if (tokens?.refreshToken === undefined) throw this.#signedOut();
    const { server, client } = await this.#find();
    const options = insecure(server.token_endpoint);
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refreshToken, options);
    try {
      const answer = await oauth.processRefreshTokenResponse(server, client, response);
      return this.#keep(answer, tokens.signedIn, tokens.refreshToken);
    } catch (error) {
      if (error instanceof oauth.ResponseBodyError || error instanceof SignedOut) throw this.#signedOut();
      throw error;
    }
  }

  #signedOut(): SignedOut {
    this.lose();
    return new SignedOut();
  }

  /** @throws {SignedOut} where a renewal brought no ID token: the API takes no other */
  #keep(answer: oauth.TokenEndpointResponse, signedIn: number, refreshBefore: string | undefined): Tokens {
    const { id_token: idToken, refresh_token: refreshToken = refreshBefore } = answer;
    if (idToken === undefined) throw new SignedOut();
    const { exp } = oauth.getValidatedIdTokenClaims(answer) ?? { exp: 0 };
    const tokens = { idToken, refreshToken, expires: exp * 1_000, signedIn };
    this.#storage.keepTokens(tokens);
    return tokens;
  }

  #current(): Tokens | undefined {
    const tokens = this.#storage.tokens();
    return tokens !== undefined && Date.now() - tokens.signedIn < longestMs ? tokens : undefined;
  }

  #find(): Promise<Issuer> {
    this.#issuer ??= findIssuer(this.#settings).catch((error: unknown) => {
      this.#issuer = undefined;
      throw error;
    });
    return this.#issuer;
  }
}
