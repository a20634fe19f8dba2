import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginJourney, type Journey } from './journey.ts';
import { fencedBlocks } from './signIn/fencedBlocks.ts';
import { runAsOperator } from './signIn/shell.ts';

const [enter = '', signIn = ''] = fencedBlocks('docs/deploying.md', 'The first call');

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

test('what docs/deploying.md prints enters an admin, signs them in and schedules a meeting, as it stands', async () => {
  const { code, out, err } = await runAsOperator(service, `${enter}\n${signIn}\necho; echo "TOKEN=$TOKEN"`);

  expect({ code, err: err.replace(/^\s*%[\s\S]*/, '') }).toEqual({ code: 0, err: expect.any(String) });
  expect(out).toMatch(/^HTTP\/1\.1 201 Created\r$/m);
  expect(decodeJwt(/^TOKEN=(.*)$/m.exec(out)?.[1] ?? '')).toEqual({
    iss: expect.stringMatching(/^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_\w+$/),
    aud: service.stack.ofType('AWS::Cognito::UserPoolClient')[0]?.ref,
    sub: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    token_use: 'id',
    'cognito:username': 'ana',
    'cognito:groups': ['admin'],
    email: 'ana@example.org',
    email_verified: true,
    auth_time: expect.any(Number),
    iat: expect.any(Number),
    exp: expect.any(Number),
    jti: expect.any(String),
    origin_jti: expect.any(String),
    event_id: expect.any(String),
  });
});
