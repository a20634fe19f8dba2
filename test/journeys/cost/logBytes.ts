import * as z from 'zod';
import type { Stack } from '../../../infra/local/assembly/stack.ts';

/** What Lambda itself writes of an invocation (AWS Lambda developer guide, "Log and monitor Node.js Lambda functions"). */
const runtimeLines = [
  'START RequestId: c793869b-ee49-115b-a5b6-4fd21e8dedac Version: $LATEST',
  'END RequestId: c793869b-ee49-115b-a5b6-4fd21e8dedac',
  'REPORT RequestId: c793869b-ee49-115b-a5b6-4fd21e8dedac\tDuration: 128.83 ms\tBilled Duration: 129 ms\tMemory Size: 1024 MB\tMax Memory Used: 112 MB\t',
];

export const runtimeLogBytes = Buffer.byteLength(runtimeLines.join('\n'));

/** What API Gateway writes in the place of each variable of a call that schedules. */
const values: Readonly<Record<string, string>> = {
  requestId: 'JKJaXmPLvHcESHA=',
  requestTimeEpoch: '1796022565',
  routeKey: 'POST /meetings',
  status: '201',
  integrationStatus: '200',
  integrationLatency: '45',
  responseLatency: '48',
  responseLength: '1662',
  'error.responseType': '-',
};

const stage = z.object({ AccessLogSettings: z.object({ Format: z.string() }) });

/** The line that the HTTP API's access log has of a request. */
export function accessLogBytes(stack: Stack): number {
  const formats = stack.ofType('AWS::ApiGatewayV2::Stage').flatMap(({ properties }) => {
    const { success, data } = stage.safeParse(properties);
    return success ? [data.AccessLogSettings.Format] : [];
  });
  const format = formats.find((text) => text.includes('$context.responseLength'));
  if (format === undefined) throw new Error('The HTTP API has no access log');
  return Buffer.byteLength(
    format.replace(/\$context\.([a-zA-Z.]+)/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`The access log has a variable more: ${name}`);
      return value;
    }),
  );
}
