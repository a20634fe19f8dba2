import * as z from 'zod/mini';
import { sha256 } from '../runtime/digest.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { parseInput } from '../runtime/input.ts';
import type { Idempotency } from './meetingStore.ts';
import { hashPassword } from './password/passwordHash.ts';

const rule = 'must be 1 to 255 printable ASCII characters';

/** The header by which a call can be repeated. */
export const idempotencyHeader = z.object({
  'Idempotency-Key': z.optional(z.string({ error: rule }).check(z.regex(/^[\x20-\x7e]{1,255}$/, rule))),
});

const withPassword = z.looseObject({ password: z.string() });

/**
 * What `Idempotency-Key` says of a call (IETF draft-ietf-httpapi-idempotency-key-header) whose body has been
 * parsed, so that it is neither absent nor deeper than can be written again; undefined where there is none. A password
 * in it is hashed slowly by itself: all else that the body holds can be read in the table, and guesses be tried on it.
 *
 * @throws Refusal `invalid-input`
 */
export async function idempotencyOf({ headers, json }: HttpRequest, userId: string): Promise<Idempotency | undefined> {
  const { 'Idempotency-Key': key } = parseInput(idempotencyHeader, { 'Idempotency-Key': headers['idempotency-key'] });
  if (key === undefined) return undefined;
  const keyHash = sha256(key);
  return { userId, keyHash, bodyHash: sha256(JSON.stringify(await withoutPassword(json(), `${userId} ${keyHash}`))) };
}

/** The salt is the same for the same call made again, and for no other. */
async function withoutPassword(body: unknown, call: string): Promise<unknown> {
  const { success, data } = z.safeParse(withPassword, body);
  return success ? { ...data, password: await hashPassword(data.password, sha256(call, 'hex')) } : body;
}
