import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readSecret } from '../../functions/runtime/secretsClient.ts';
import { catchLog } from '../logLines.ts';

/** What the store was asked, and what it answers: SSM and Secrets Manager speak JSON with an `x-amz-target`. */
let asked: { target: unknown; body: unknown }[] = [];
let answers: { status: number; body: object }[] = [];
let server: Server;
const now = new Date('2027-03-01T09:00:00Z');
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

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
  const secrets = await Promise.all([readSecret(reference, now), readSecret(reference, now)]);

  expect([...secrets, await readSecret(reference, now)]).toEqual(['north', 'north', 'north']);
  expect(asked).toEqual([{ target: 'AmazonSSM.GetParameter', body: { Name: '/meetings/turn', WithDecryption: true } }]);
});

test('reads a secret of Secrets Manager', async () => {
  answers = [{ status: 200, body: { SecretString: 'south' } }];

  expect(await readSecret({ store: 'secretsmanager', id: 'meetings/turn' }, now)).toBe('south');
  expect(asked).toEqual([{ target: 'secretsmanager.GetSecretValue', body: { SecretId: 'meetings/turn' } }]);
});

test('asks again after a failure', async () => {
  const reference = { store: 'ssm', id: '/meetings/later' } as const;
  answers = [{ status: 400, body: { __type: 'ParameterNotFound', message: 'not found' } }];
  await expect(readSecret(reference, now)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  answers = [{ status: 200, body: { Parameter: { Value: 'now' } } }];

  expect(await readSecret(reference, now)).toBe('now');
});

test('refuses a secret that is empty', async () => {
  answers = [{ status: 200, body: { Parameter: { Value: '' } } }];

  await expect(readSecret({ store: 'ssm', id: '/meetings/empty' }, now)).rejects.toThrow('/meetings/empty');
});

test('reads a rotated secret five minutes after the last reading, and not before', async () => {
  const reference = { store: 'ssm', id: '/meetings/rotated' } as const;
  const parameter = (Value: string) => ({ status: 200, body: { Parameter: { Value } } });
  answers = [parameter('first'), parameter('second')];

  expect(await readSecret(reference, now)).toBe('first');
  expect(await readSecret(reference, new Date(minutesLater(5).getTime() - 1))).toBe('first');
  expect(await Promise.all([readSecret(reference, minutesLater(5)), readSecret(reference, minutesLater(5))])).toEqual([
    'second',
    'second',
  ]);
  expect(asked).toHaveLength(2);
});

test('goes on with the secret that it has where it cannot read it again, says so, and tries again a minute later', async () => {
  const reference = { store: 'secretsmanager', id: 'meetings/kept' } as const;
  const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'denied' } };
  answers = [{ status: 200, body: { SecretString: 'old' } }, denied, { status: 200, body: { SecretString: 'new' } }];
  await readSecret(reference, now);
  const lines = catchLog();

  expect(await Promise.all([readSecret(reference, minutesLater(6)), readSecret(reference, minutesLater(6))])).toEqual([
    'old',
    'old',
  ]);
  lines.stop();
  expect(lines.all()).toMatchObject([
    {
      level: 'error',
      message: 'Secret not read again',
      secret: 'meetings/kept',
      error: { name: 'AccessDeniedException' },
    },
  ]);
  expect(await readSecret(reference, new Date(minutesLater(7).getTime() - 1))).toBe('old');
  expect(asked).toHaveLength(2);
  expect(await readSecret(reference, minutesLater(7))).toBe('new');
  expect(await readSecret(reference, new Date(minutesLater(12).getTime() - 1))).toBe('new');
  expect(asked).toHaveLength(3);
});
