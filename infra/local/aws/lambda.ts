import { randomUUID } from 'node:crypto';
import type { Functions } from '../functions/functions.ts';
import { type AwsCall, AwsRefusal, type AwsReply, type AwsService } from './awsCall.ts';
import { readJson } from './jsonProtocol.ts';
import { restProtocol } from './restProtocol.ts';

const path = /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/invocations$/;
const { read, write, refuse } = restProtocol([{ method: 'POST', path, action: 'Invoke' }], { body: 'data' });

/** @param acceptEvent keeps an event that nobody waits for, and runs it later */
export function lambdaService(
  functions: Functions,
  acceptEvent: (functionArn: string, payload: unknown, id: string) => void,
): AwsService {
  const find = ({ path: called }: AwsCall) => {
    const name = decodeURIComponent(path.exec(called)?.groups?.FunctionName ?? '');
    const found = functions.byName(name) ?? functions.byArn(name);
    if (found !== undefined) return found;
    throw new AwsRefusal('ResourceNotFoundException', `Function not found: ${name}`, 404);
  };
  return {
    protocol: { read, write, refuse },
    permissions: (call) => [{ action: 'lambda:InvokeFunction', resource: find(call).definition.arn }],
    perform: async (call) => {
      const target = find(call);
      const payload = readJson(call.body);
      const requestHeader = { 'x-amzn-requestid': call.requestId };
      if (call.headers['x-amz-invocation-type'] === 'Event') {
        acceptEvent(target.definition.arn, payload, randomUUID());
        return { status: 202, headers: requestHeader, body: '' };
      }
      const outcome = await target.invoke(payload, call.requestId);
      return outcome.ok ? answered(outcome.payload, requestHeader) : failed(outcome.error, requestHeader);
    },
  };
}

function answered(payload: string, headers: Readonly<Record<string, string>>): AwsReply {
  return { status: 200, headers, body: payload };
}

/** A function that fails is no failure of the call (AWS Lambda API reference, "Invoke"). */
function failed(error: object, headers: Readonly<Record<string, string>>): AwsReply {
  return { status: 200, headers: { ...headers, 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(error) };
}
