import * as z from 'zod/mini';

const claimsSchema = z.record(z.string(), z.unknown());

/**
 * What the token in an `Authorization` header says, which is not verified here: it may tell how what the gateway
 * verified was written, and nothing beside it. Empty where there is none that can be read.
 */
export function unverifiedClaims(authorization: string | undefined): Readonly<Record<string, unknown>> {
  const payload = /^(?:Bearer +)?[\w-]+\.([\w-]+)\.[\w-]*$/i.exec(authorization ?? '')?.[1];
  if (payload === undefined) return {};
  try {
    return z.parse(claimsSchema, JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
