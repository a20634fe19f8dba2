import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitStore } from '../../functions/runtime/limitStore.ts';
import { startService, type TestService } from '../service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

const noon = new Date('2027-03-01T12:00:00Z');
const limit = (who: string, most = 3) => ({ what: 'mails', who, windowSeconds: 86_400, most });

test('lets pass as many as the limit says, however many come at once', async () => {
  const attempts = Array.from({ length: 10 }, () => limitStore(service.table).count(limit('ana'), noon));
  const results = await Promise.allSettled(attempts);

  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});

test('says when the next window begins', async () => {
  await limitStore(service.table).count(limit('bea', 1), noon);

  await expect(limitStore(service.table).count(limit('bea', 1), noon)).rejects.toMatchObject({
    kind: 'limited',
    code: 'limited',
    retryAfterSeconds: 43_200,
  });
});

test('begins anew with the next window, and for somebody else', async () => {
  await limitStore(service.table).count(limit('eva', 1), noon);

  await limitStore(service.table).count(limit('eva', 1), new Date('2027-03-02T00:00:00Z'));
  await limitStore(service.table).count(limit('eve', 1), noon);
  await limitStore(service.table).count({ ...limit('eva', 1), what: 'sms' }, noon);
});

test('is forgotten by the table after its window', async () => {
  await limitStore(service.table).count(limit('ida'), noon);
  const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
  const key = `LIMIT#mails#ida#${Math.floor(noon.getTime() / 86_400_000)}`;
  const { Item } = await service.table.documents.send(
    new GetCommand({ TableName: service.table.name, Key: { pk: key, sk: key } }),
  );

  expect(Item).toMatchObject({ count: 1, expiresAt: Date.parse('2027-03-02T00:00:00Z') / 1_000 });
});
