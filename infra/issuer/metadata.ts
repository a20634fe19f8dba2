import * as z from 'zod';

/** Of an issuer's metadata (OpenID Connect Discovery 1.0, section 3) what a JWT authorizer goes by. */
export const metadataSchema = z.object({
  issuer: z.string(),
  jwks_uri: z.string().optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
});

/** A set of keys (RFC 7517, section 5). */
export const keySetSchema = z.object({
  keys: z.array(
    z.object({ kty: z.string(), kid: z.string().optional(), use: z.string().optional(), alg: z.string().optional() }),
  ),
});

export type Metadata = z.infer<typeof metadataSchema>;
export type KeySet = z.infer<typeof keySetSchema>;

/** Where an issuer's metadata are: a slash at its end is taken off first (OpenID Connect Discovery 1.0, section 4). */
export function metadataAddress(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** What of the metadata keeps tokens from being taken; empty where nothing does. */
export function metadataFaults(issuer: string, metadata: Metadata): string[] {
  const algorithms = metadata.id_token_signing_alg_values_supported ?? [];
  return [
    ...issuerFaults(issuer, metadata.issuer),
    ...keyAddressFaults(metadata.jwks_uri),
    ...(algorithms.length > 0 && !algorithms.some(isRsa)
      ? [`It signs with ${algorithms.join(', ')} alone; ${rsaAlone}.`]
      : []),
  ];
}

/**
 * What of the keys does: only RSA-based algorithms are supported, and a token's `kid` must name one of the keys (API
 * Gateway developer guide, "Control access to HTTP APIs with JWT authorizers in API Gateway").
 */
export function keyFaults({ keys }: KeySet): string[] {
  const signing = keys.filter(({ use }) => use === undefined || use === 'sig');
  const usable = signing.filter(({ kty, alg }) => kty === 'RSA' && (alg === undefined || isRsa(alg)));
  if (signing.length === 0) return ['It publishes no key that signs.'];
  if (usable.length === 0) {
    const kinds = [...new Set(signing.map(({ kty, alg }) => alg ?? kty))];
    return [`Its keys are of ${kinds.join(', ')} alone; ${rsaAlone}.`];
  }
  if (usable.every(({ kid }) => kid === undefined))
    return ['Its RSA keys have no kid, by which the gateway finds them.'];
  return [];
}

/** What to know beside that: some of the keys serve, others do not. */
export function keyRemarks({ keys }: KeySet): string[] {
  const others = keys.filter(({ kty, use, alg }) => use !== 'enc' && (kty !== 'RSA' || !isRsa(alg ?? 'RS256')));
  const kinds = [...new Set(others.map(({ kty, alg }) => alg ?? kty))];
  return kinds.length > 0 ? [`Tokens that it signs with a key of ${kinds.join(', ')} are refused: choose RS256.`] : [];
}

const rsaAlone = 'API Gateway verifies RSA signatures alone, and answers 401 to all others: have it sign with RS256';

function isRsa(algorithm: string): boolean {
  return /^RS(256|384|512)$/.test(algorithm);
}

function issuerFaults(given: string, own: string): string[] {
  if (own === given) return [];
  const rest = `Set issuer to ${own}: it must equal the iss of the tokens to the letter.`;
  if (/[{}]/.test(own)) {
    return [`It calls itself ${own}: name the one tenant whose tokens are taken in the place of the braces.`];
  }
  if (own.replace(/\/$/, '') !== given.replace(/\/$/, '')) return [`It calls itself ${own}. ${rest}`];
  return [`It calls itself ${own}, ${own.endsWith('/') ? 'with' : 'without'} a slash at the end. ${rest}`];
}

function keyAddressFaults(address: string | undefined): string[] {
  if (address === undefined) return ['Its metadata have no jwks_uri, where its keys would be.'];
  return /^https:\/\//.test(address) ? [] : [`Its keys are at ${address}, which is not https.`];
}
