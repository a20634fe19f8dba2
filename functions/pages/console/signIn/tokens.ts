/** What a sign-in gave. It is kept in the tab alone, and ends with it. */
export interface Tokens {
  /** What the API is called with. */
  readonly idToken: string;
  readonly refreshToken: string | undefined;
  /** When the ID token ends, in milliseconds. */
  readonly expires: number;
  /** When the person signed in, in milliseconds. */
  readonly signedIn: number;
}

/** What is remembered while somebody is at the issuer's pages. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The path that they wanted to see. */
  readonly returnTo: string;
}

const names = { tokens: 'tokens', pending: 'signing-in' };

/** Reads and writes what a sign-in needs in a tab's storage; what is there and is of another form counts as absent. */
export function tokenStorage(storage: Storage) {
  const read = (name: string): Record<string, unknown> | undefined => {
    try {
      const value: unknown = JSON.parse(storage.getItem(name) ?? 'null');
      return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
    } catch {
      return undefined;
    }
  };
  const write = (name: string, value: object | undefined) => {
    if (value === undefined) storage.removeItem(name);
    else storage.setItem(name, JSON.stringify(value));
  };
  return {
    tokens: (): Tokens | undefined => {
      const { idToken, refreshToken, expires, signedIn } = read(names.tokens) ?? {};
      if (typeof idToken !== 'string' || typeof expires !== 'number' || typeof signedIn !== 'number') return undefined;
      return { idToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined, expires, signedIn };
    },
    keepTokens: (tokens: Tokens | undefined) => write(names.tokens, tokens),
    pending: (): PendingSignIn | undefined => {
      const { state, nonce, verifier, returnTo } = read(names.pending) ?? {};
      if (![state, nonce, verifier, returnTo].every((value) => typeof value === 'string')) return undefined;
      return { state: String(state), nonce: String(nonce), verifier: String(verifier), returnTo: String(returnTo) };
    },
    keepPending: (pending: PendingSignIn | undefined) => write(names.pending, pending),
  };
}

export type TokenStorage = ReturnType<typeof tokenStorage>;
