import { sha256 } from '../runtime/digest.ts';
import { type HttpRequest, header } from '../runtime/http.ts';
import type { Idempotency } from './meetingStore.ts';

const rule = 'must be 1 to 255 printable ASCII characters';

/**
 * What `Idempotency-Key` says of a call (IETF draft-ietf-httpapi-idempotency-key-header); undefined
 * where the caller gave none.
 *
 * @throws Refusal `invalid-input`
 */
export function idempotencyOf(request: HttpRequest, userId: string): Idempotency | undefined {
  const key = header(request, 'Idempotency-Key', (value) => (/^[\x20-\x7e]{1,255}$/.test(value) ? undefined : rule));
  if (key === undefined) return undefined;
  return { userId, keyHash: sha256(key), bodyHash: sha256(JSON.stringify(request.json())) };
}
