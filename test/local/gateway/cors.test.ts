import { describe, expect, test } from 'vitest';
import { answerPreflight, withCors } from '../../../infra/local/gateway/cors.ts';

const cors = {
  AllowCredentials: false,
  AllowHeaders: ['authorization', 'content-type'],
  AllowMethods: ['GET', 'POST'],
  AllowOrigins: ['https://app.example.org', 'http://*'],
  ExposeHeaders: ['etag'],
  MaxAge: 600,
};
const preflight = { origin: 'https://app.example.org', 'access-control-request-method': 'POST' };

describe('answerPreflight', () => {
  test('permits an origin that is allowed', () => {
    expect(answerPreflight(cors, 'OPTIONS', preflight)).toEqual({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://app.example.org',
        vary: 'Origin',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'authorization,content-type',
        'access-control-max-age': '600',
      },
      body: '',
    });
  });

  test('permits every origin of a scheme', () => {
    const reply = answerPreflight(cors, 'OPTIONS', { ...preflight, origin: 'http://any.example.org' });

    expect(reply?.headers).toMatchObject({ 'access-control-allow-origin': 'http://any.example.org' });
  });

  test('permits nothing to another origin', () => {
    expect(answerPreflight(cors, 'OPTIONS', { ...preflight, origin: 'https://evil.example.org' })).toEqual({
      status: 204,
      headers: {},
      body: '',
    });
  });

  test('leaves an OPTIONS request alone that is no preflight', () => {
    expect(answerPreflight(cors, 'OPTIONS', { origin: 'https://app.example.org' })).toBeUndefined();
    expect(answerPreflight(cors, 'GET', preflight)).toBeUndefined();
  });
});

describe('withCors', () => {
  test('puts its own headers in place of those that the function gave', () => {
    const reply = { status: 200, headers: { 'access-control-allow-origin': '*', etag: '1' }, body: '' };

    expect(withCors(cors, 'https://app.example.org', reply).headers).toEqual({
      etag: '1',
      'access-control-allow-origin': 'https://app.example.org',
      vary: 'Origin',
      'access-control-expose-headers': 'etag',
    });
    expect(withCors(cors, undefined, reply).headers).toEqual({ etag: '1' });
  });
});
