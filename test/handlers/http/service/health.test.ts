import { expect, test } from 'vitest';
import { handler } from '../../../../functions/handlers/http/service/health.handler.ts';
import { call } from '../../../service.ts';

test('GET /health answers without settings, table or token', async () => {
  expect(await call(handler, {})).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: { status: 'ok' },
  });
});
