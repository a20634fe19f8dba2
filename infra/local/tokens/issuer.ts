import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import * as z from 'zod';
import { claimsOf, localUserSchema } from './localUsers.ts';

const lifetimeSeconds = 12 * 60 * 60;
const jwk = z.looseObject({ kty: z.literal('RSA') });
const keyFile = z.object({ publicKey: jwk, privateKey: jwk });
const issuerFile = z.object({
  issuer: z.string(),
  audience: z.string(),
  capabilitiesClaim: z.string(),
  users: z.array(localUserSchema),
});

/** What the template expects of tokens, and who gets them. */
export type IssuerDefinition = z.infer<typeof issuerFile>;

/** Signs tokens that the local door accepts, and nobody else does. */
export interface Issuer {
  readonly publicKey: CryptoKey;
  /** Signs claims as they are. */
  sign(claims: JWTPayload): Promise<string>;
  /**
   * @param username of a local user; of anyone else where the claims say who that is
   * @param claims over the user's own; one that is undefined is left out
   */
  issue(username: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Opens the issuer of a state folder; its keys are made at the first time, so that tokens outlive a restart. */
export async function openIssuer(stateDirectory: string, definition: IssuerDefinition): Promise<Issuer> {
  const { publicKey, privateKey } = await openKeys(join(stateDirectory, 'issuer-keys.json'));
  writeFileSync(definitionFile(stateDirectory), JSON.stringify(definition));
  return {
    publicKey,
    sign: (claims) => sign(privateKey, claims),
    issue: async (username, claims = {}) => sign(privateKey, claimsFor(definition, username, claims)),
  };
}

/**
 * Issues a token for the service whose state is in that folder, whether it runs now or not.
 *
 * @throws where no service ever ran there, or no user has the name
 */
export async function issueToken(stateDirectory: string, username: string): Promise<string> {
  if (!existsSync(definitionFile(stateDirectory))) {
    throw new Error(`No service has run in ${stateDirectory} yet: start it with npm start`);
  }
  const definition = issuerFile.parse(JSON.parse(readFileSync(definitionFile(stateDirectory), 'utf8')));
  const { privateKey } = await openKeys(join(stateDirectory, 'issuer-keys.json'));
  return sign(privateKey, claimsFor(definition, username, {}));
}

function sign(key: CryptoKey, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'local' }).sign(key);
}

function claimsFor(
  { issuer, audience, capabilitiesClaim, users }: IssuerDefinition,
  username: string,
  claims: Readonly<Record<string, unknown>>,
): JWTPayload {
  const user = users.find((known) => known.username === username);
  if (user === undefined && claims.sub === undefined) {
    throw new Error(`There is no local user ${username}; there are ${users.map((known) => known.username).join(', ')}`);
  }
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: audience,
    iat: now,
    auth_time: now,
    exp: now + lifetimeSeconds,
    ...(user ? claimsOf(user, capabilitiesClaim) : { 'cognito:username': username, token_use: 'id' }),
    ...claims,
  };
}

async function openKeys(path: string): Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }> {
  if (!existsSync(path)) {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const kept = { publicKey: await exportJWK(pair.publicKey), privateKey: await exportJWK(pair.privateKey) };
    writeFileSync(`${path}.new`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  const kept = keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  return { publicKey: await importKey(kept.publicKey), privateKey: await importKey(kept.privateKey) };
}

async function importKey(key: z.infer<typeof jwk>): Promise<CryptoKey> {
  const imported = await importJWK(key, 'RS256');
  if (imported instanceof Uint8Array) throw new Error('The key of the local issuer is no RSA key');
  return imported;
}

function definitionFile(stateDirectory: string): string {
  return join(stateDirectory, 'issuer.json');
}
