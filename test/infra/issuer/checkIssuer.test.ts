import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkIssuer } from '../../../infra/issuer/checkIssuer.ts';

const issuer = 'https://login.example.org';
const rsa = { kty: 'RSA', kid: 'one', use: 'sig', alg: 'RS256', n: 'AQAB', e: 'AQAB' };
const elliptic = { kty: 'EC', kid: 'two', use: 'sig', alg: 'ES256', crv: 'P-256', x: 'AA', y: 'AA' };

interface Answers {
  readonly metadata?: object;
  readonly keys?: readonly object[];
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** A server that stands for the issuer, whatever the host is that it is asked by. */
async function serve({ metadata = {}, keys = [rsa], status = 200, headers = {}, text }: Answers = {}) {
  const own = { issuer, jwks_uri: `${issuer}/keys`, id_token_signing_alg_values_supported: ['RS256'], ...metadata };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isKeys = request.url?.endsWith('/keys');
    response.writeHead(isKeys ? 200 : status, { 'content-type': 'application/json', ...headers });
    response.end(isKeys ? JSON.stringify({ keys }) : (text ?? JSON.stringify(own)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const origin = `http://127.0.0.1:${port}`;
  const through = (url: string, options: RequestInit) => fetch(url.replace(/^https?:\/\/[^/]+/, origin), options);
  return { origin, asked, through };
}

const rsaAlone = 'API Gateway verifies RSA signatures alone, and answers 401 to all others: have it sign with RS256.';

describe('an issuer', () => {
  test('whose tokens can be verified has no faults', async () => {
    const { asked, through } = await serve();

    expect(await checkIssuer(issuer, through)).toEqual({ faults: [], remarks: [] });
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('with a path and a slash at its end has its metadata below the path', async () => {
    const own = 'https://login.example.org/realms/staff/';
    const { asked, through } = await serve({ metadata: { issuer: own } });

    expect((await checkIssuer(own, through)).faults).toEqual([]);
    expect(asked[0]).toBe('/realms/staff/.well-known/openid-configuration');
  });

  test.each<[string, string, Answers, string]>([
    [
      'calls itself with a slash',
      issuer,
      { metadata: { issuer: `${issuer}/` } },
      `It calls itself ${issuer}/, with a slash at the end. Set issuer to ${issuer}/: it must equal the iss of the tokens to the letter.`,
    ],
    [
      'calls itself without a slash',
      `${issuer}/`,
      {},
      `It calls itself ${issuer}, without a slash at the end. Set issuer to ${issuer}: it must equal the iss of the tokens to the letter.`,
    ],
    [
      'calls itself otherwise',
      issuer,
      { metadata: { issuer: 'https://sts.example.org/1' } },
      'It calls itself https://sts.example.org/1. Set issuer to https://sts.example.org/1: it must equal the iss of the tokens to the letter.',
    ],
    [
      'stands for many tenants',
      issuer,
      { metadata: { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' } },
      'It calls itself https://login.microsoftonline.com/{tenantid}/v2.0: name the one tenant whose tokens are taken in the place of the braces.',
    ],
    [
      'has no jwks_uri',
      issuer,
      { metadata: { jwks_uri: undefined } },
      'Its metadata have no jwks_uri, where its keys would be.',
    ],
    [
      'has its keys at http',
      issuer,
      { metadata: { jwks_uri: 'http://login.example.org/keys' } },
      'Its keys are at http://login.example.org/keys, which is not https.',
    ],
    [
      'names no RSA algorithm',
      issuer,
      { metadata: { id_token_signing_alg_values_supported: ['ES256', 'EdDSA'] } },
      `It signs with ES256, EdDSA alone; ${rsaAlone}`,
    ],
    ['has an elliptic key alone', issuer, { keys: [elliptic] }, `Its keys are of ES256 alone; ${rsaAlone}`],
    ['signs with PS256', issuer, { keys: [{ ...rsa, alg: 'PS256' }] }, `Its keys are of PS256 alone; ${rsaAlone}`],
    ['has keys for encryption alone', issuer, { keys: [{ ...rsa, use: 'enc' }] }, 'It publishes no key that signs.'],
    ['has no keys', issuer, { keys: [] }, 'It publishes no key that signs.'],
    [
      'has keys without a kid',
      issuer,
      { keys: [{ ...rsa, kid: undefined }] },
      'Its RSA keys have no kid, by which the gateway finds them.',
    ],
    ['has no metadata', issuer, { status: 404 }, `${issuer}/.well-known/openid-configuration answers 404.`],
    [
      'leads elsewhere',
      issuer,
      { status: 302, headers: { location: 'https://example.org/' } },
      `${issuer}/.well-known/openid-configuration answers 302, to https://example.org/.`,
    ],
    ['answers a page', issuer, { text: '<html>' }, `${issuer}/.well-known/openid-configuration is no JSON.`],
    [
      'answers something else',
      issuer,
      { text: '{"status":"ok"}' },
      `${issuer}/.well-known/openid-configuration is not what OpenID Connect asks for.`,
    ],
    [
      'is not https',
      'http://login.example.org',
      { metadata: { issuer: 'http://login.example.org' } },
      'It is no https:// address, which API Gateway asks for.',
    ],
  ])('that %s will not do', async (_, named, answers, fault) => {
    const { through } = await serve(answers);

    expect((await checkIssuer(named, through)).faults).toEqual([fault]);
  });

  test('with keys of which some serve is told of the others', async () => {
    const { through } = await serve({
      keys: [elliptic, rsa, { ...rsa, kid: 'three', use: undefined, alg: undefined }],
    });

    expect(await checkIssuer(issuer, through)).toEqual({
      faults: [],
      remarks: ['Tokens that it signs with a key of ES256 are refused: choose RS256.'],
    });
  });

  test('that nothing answers for cannot be reached', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise<void>((resolve) => server.close(() => resolve()));

    const { faults } = await checkIssuer(issuer, (_, options) => fetch(`http://127.0.0.1:${port}/`, options));

    expect(faults).toEqual([
      `${issuer}/.well-known/openid-configuration cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.`,
    ]);
  });
});

describe('npm run issuer', () => {
  test('says what will not work, and ends with 1', async () => {
    const { origin } = await serve({ metadata: { jwks_uri: undefined } });
    const program = join(import.meta.dirname, '..', '..', '..', 'infra', 'issuer', 'check.ts');

    const run = promisify(execFile)(process.execPath, [program, `${origin}/`]);

    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: [
        '✗ It is no https:// address, which API Gateway asks for.',
        `✗ It calls itself ${issuer}. Set issuer to ${issuer}: it must equal the iss of the tokens to the letter.`,
        '✗ Its metadata have no jwks_uri, where its keys would be.',
        `${origin}/ will not do.`,
        '',
      ].join('\n'),
    });
  });
});
