import { describe, expect, test } from 'vitest';
import { readProxyResponse } from '../../../infra/local/gateway/httpReply.ts';

describe('readProxyResponse', () => {
  test('makes a 200 with JSON of what has no statusCode', () => {
    expect(readProxyResponse('{"a":1}')).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect(readProxyResponse('"text"')?.body).toBe('"text"');
  });

  test('takes status, headers, cookies and body', () => {
    const reply = read({
      statusCode: 201,
      headers: { 'X-Count': 3, ETag: '"1"' },
      cookies: ['a=1', 'b=2'],
      body: '{}',
    });

    expect(reply).toEqual({
      status: 201,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-count': '3',
        etag: '"1"',
        'set-cookie': ['a=1', 'b=2'],
      },
      body: '{}',
    });
  });

  test('decodes a body that is base64', () => {
    expect(read({ statusCode: 200, body: 'AAEC', isBase64Encoded: true })?.body).toEqual(Buffer.from([0, 1, 2]));
  });

  test('leaves out the headers that are the connection’s', () => {
    expect(
      read({ statusCode: 200, headers: { Connection: 'close', 'Transfer-Encoding': 'chunked' } })?.headers,
    ).toEqual({});
  });

  test.each([
    { statusCode: 'soon' },
    { statusCode: 99 },
    { statusCode: null },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: { a: ['b'] } },
    { statusCode: 200, headers: 'none' },
  ])('knows no response in %j', (value) => {
    expect(read(value)).toBeUndefined();
  });
});

function read(value: unknown) {
  return readProxyResponse(JSON.stringify(value));
}
