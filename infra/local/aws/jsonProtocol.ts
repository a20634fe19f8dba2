import { AwsRefusal, type Protocol } from './awsCall.ts';

/** The AWS JSON protocol: the action in `X-Amz-Target`, JSON in and out. */
export function jsonProtocol(version: '1.0' | '1.1'): Protocol {
  const headers = (requestId: string) => ({
    'content-type': `application/x-amz-json-${version}`,
    'x-amzn-requestid': requestId,
  });
  return {
    read: ({ headers, body }) => {
      const action = String(headers['x-amz-target'] ?? '').split('.')[1];
      if (action === undefined) throw new AwsRefusal('UnknownOperationException', 'There is no X-Amz-Target');
      return { action, input: readJson(body) };
    },
    write: ({ requestId }, output) => ({ status: 200, headers: headers(requestId), body: JSON.stringify(output) }),
    refuse: ({ code, message, status, details }, requestId) => ({
      status,
      headers: { ...headers(requestId), 'x-amzn-errortype': code },
      body: JSON.stringify({ __type: code, message, ...details }),
    }),
  };
}

/** @throws {AwsRefusal} `SerializationException` */
export function readJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsRefusal('SerializationException', 'The body is no JSON');
  }
}
