import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { secretOf } from '../../functions/runtime/secrets.ts';

/** What the store was asked, and what it answers: SSM and Secrets Manager speak JSON with an `x-amz-target`. */
let asked: { target: unknown; body: unknown }[] = [];
let answers: { status: number; body: object }[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    void read(request).then((body) => {
      asked.push({ target: request.headers['x-amz-target'], body: JSON.parse(body) });
      const { status, body: answer } = answers.shift() ?? { status: 500, body: {} };
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SSM: endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
  });
});

beforeEach(() => {
  asked = [];
  answers = [];
});

afterAll(() => server.close());

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test('reads a parameter decrypted, once for all who ask', async () => {
  answers = [{ status: 200, body: { Parameter: { Value: 'north' } } }];
  const reference = { store: 'ssm', id: '/meetings/turn' } as const;
  const secrets = await Promise.all([secretOf(reference), secretOf(reference)]);

  expect([...secrets, await secretOf(reference)]).toEqual(['north', 'north', 'north']);
  expect(asked).toEqual([{ target: 'AmazonSSM.GetParameter', body: { Name: '/meetings/turn', WithDecryption: true } }]);
});

test('reads a secret of Secrets Manager', async () => {
  answers = [{ status: 200, body: { SecretString: 'south' } }];

  expect(await secretOf({ store: 'secretsmanager', id: 'meetings/turn' })).toBe('south');
  expect(asked).toEqual([{ target: 'secretsmanager.GetSecretValue', body: { SecretId: 'meetings/turn' } }]);
});

test('asks again after a failure', async () => {
  const reference = { store: 'ssm', id: '/meetings/later' } as const;
  answers = [{ status: 400, body: { __type: 'ParameterNotFound', message: 'not found' } }];
  await expect(secretOf(reference)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  answers = [{ status: 200, body: { Parameter: { Value: 'now' } } }];

  expect(await secretOf(reference)).toBe('now');
});

test('refuses a secret that is empty', async () => {
  answers = [{ status: 200, body: { Parameter: { Value: '' } } }];

  await expect(secretOf({ store: 'ssm', id: '/meetings/empty' })).rejects.toThrow('/meetings/empty');
});
