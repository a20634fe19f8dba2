import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { idempotencyOf } from '../../functions/meetings/idempotency.ts';
import type { HttpRequest } from '../../functions/runtime/http.ts';
import { invalidInput } from '../../functions/runtime/refusal.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const requestOf = (headers: Record<string, string>) =>
  ({ headers, json: () => ({ name: 'x' }) }) as unknown as HttpRequest;
const of = (key: string) => idempotencyOf(requestOf({ 'idempotency-key': key }), 'alice-id');

test('a call without a key is not known again', async () => {
  expect(await idempotencyOf(requestOf({}), 'alice-id')).toBeUndefined();
});

test.each(['k', ' ~', 'x'.repeat(255)])('a call is known again by its user, its key and its body: %j', async (key) => {
  const expected = { userId: 'alice-id', keyHash: sha256(key), bodyHash: sha256('{"name":"x"}') };

  expect(await of(key)).toEqual(expected);
});

test.each(['', 'x'.repeat(256), 'clé', 'a\tb', 'a\u007f'])('a key may not be %j', async (key) => {
  await expect(of(key)).rejects.toThrow(
    invalidInput([{ path: '/Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' }]),
  );
});
