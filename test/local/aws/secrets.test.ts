import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { readSecretsFrom, secretsManagerService, ssmService } from '../../../infra/local/aws/secrets.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';
import { startAddress } from './localAddress.ts';

const arn = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:bitly/token-a1B2c3';

describe('GetSecretValue', () => {
  test('reads a secret by name or ARN, as the file holds it at that moment', async () => {
    const file = join(temporaryDirectory(), 'secrets.json');
    const { client, permissions } = await startAddress({
      secretsmanager: secretsManagerService(readSecretsFrom(file, {})),
    });
    const secrets = new SecretsManagerClient(client);
    const read = async (SecretId: string) => (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;

    await expect(read('bitly/token')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    writeFileSync(file, '{"bitly/token":"secret"}');

    expect(await read('bitly/token')).toBe('secret');
    expect(await read(arn)).toBe('secret');
    expect(permissions.at(-1)).toEqual({ action: 'secretsmanager:GetSecretValue', resource: arn });
  });
});

describe('GetParameter', () => {
  test('reads a parameter of the file before that of the template', async () => {
    const file = join(temporaryDirectory(), 'secrets.json');
    writeFileSync(file, '{"/meetings/key":"of the file"}');
    const read = readSecretsFrom(file, { '/meetings/key': 'of the template', '/meetings/other': 'of the template' });
    const { url, permissions } = await startAddress({ ssm: ssmService(read) });

    expect(await call(url, 'GetParameter', { Name: '/meetings/key', WithDecryption: true })).toMatchObject({
      Parameter: { Name: '/meetings/key', Value: 'of the file' },
    });
    expect(await call(url, 'GetParameters', { Names: ['/meetings/other', '/none'] })).toMatchObject({
      Parameters: [{ Value: 'of the template' }],
      InvalidParameters: ['/none'],
    });
    expect(await call(url, 'GetParameter', { Name: '/none' })).toMatchObject({ __type: 'ParameterNotFound' });
    expect(permissions[0]).toEqual({
      action: 'ssm:GetParameter',
      resource: 'arn:aws:ssm:eu-west-1:000000000000:parameter/meetings/key',
    });
  });
});

async function call(url: string, action: string, input: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=Tester/20260101/eu-west-1/ssm/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-target': `AmazonSSM.${action}`,
    },
    body: JSON.stringify(input),
  });
  return response.json();
}
