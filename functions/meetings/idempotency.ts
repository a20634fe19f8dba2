import * as z from 'zod/mini';
import { sha256 } from '../runtime/digest.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { parseInput } from '../runtime/input.ts';
import type { Idempotency } from './meetingStore.ts';

const rule = 'must be 1 to 255 printable ASCII characters';

/** The header by which a call can be repeated. */
export const idempotencyHeader = z.object({
  'Idempotency-Key': z.optional(z.string({ error: rule }).check(z.regex(/^[\x20-\x7e]{1,255}$/, rule))),
});

/**
 * What `Idempotency-Key` says of a call (IETF draft-ietf-httpapi-idempotency-key-header) whose body has been
 * parsed, so that it is neither absent nor deeper than can be written again; undefined where there is none.
 *
 * @throws Refusal `invalid-input`
 */
export function idempotencyOf({ headers, json }: HttpRequest, userId: string): Idempotency | undefined {
  const { 'Idempotency-Key': key } = parseInput(idempotencyHeader, { 'Idempotency-Key': headers['idempotency-key'] });
  if (key === undefined) return undefined;
  return { userId, keyHash: sha256(key), bodyHash: sha256(JSON.stringify(json())) };
}
