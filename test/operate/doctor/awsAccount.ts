import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsRefusal, type AwsReply, type Protocol } from '../../../infra/local/aws/awsCall.ts';
import { jsonProtocol } from '../../../infra/local/aws/jsonProtocol.ts';
import { queryProtocol } from '../../../infra/local/aws/queryProtocol.ts';
import { restProtocol } from '../../../infra/local/aws/restProtocol.ts';
import { readCredentials } from '../../../infra/local/aws/sigv4.ts';
import { readBody, startHttpServer, urlOf } from '../../../infra/local/httpServer.ts';

type Output = Readonly<Record<string, unknown>>;

/** What an action answers, by its name in IAM: the same each time, or by what was asked and how often before. */
export type Answers = Readonly<
  Record<string, Output | AwsRefusal | ((input: Output, before: number) => Output | AwsRefusal)>
>;

/** How each service that is asked speaks, by the service of the credential's scope. */
const protocols: Readonly<Record<string, Protocol>> = {
  acm: jsonProtocol('1.1'),
  secretsmanager: jsonProtocol('1.1'),
  ssm: jsonProtocol('1.1'),
  sns: queryProtocol('http://sns.amazonaws.com/doc/2010-03-31/'),
  sts: queryProtocol('https://sts.amazonaws.com/doc/2011-06-15/'),
  apigateway: restProtocol([{ method: 'GET', path: /^\/account$/, action: 'GET' }], { body: 'json' }),
  lambda: restProtocol([{ method: 'GET', path: /^\/2016-08-19\/account-settings\/?$/, action: 'GetAccountSettings' }], {
    body: 'json',
  }),
  ses: restProtocol(
    [
      { method: 'GET', path: /^\/v2\/email\/account$/, action: 'GetAccount' },
      { method: 'GET', path: /^\/v2\/email\/identities\/(?<name>[^/]+)$/, action: 'GetEmailIdentity' },
      { method: 'GET', path: /^\/v2\/email\/configuration-sets\/(?<name>[^/]+)$/, action: 'GetConfigurationSet' },
    ],
    { body: 'json' },
  ),
};

/** An account of AWS behind one address: it answers as the services' wire formats have it. */
export async function startAccount(answers: () => Answers) {
  /** What was asked, as `ses:GetAccount`, by which access key, and in which region. */
  const asked: { readonly action: string; readonly accessKey: string; readonly region: string | undefined }[] = [];
  const server = await startHttpServer(0, (request, response) => {
    reply(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  });
  const reply = async (request: IncomingMessage): Promise<AwsReply> => {
    const credentials = readCredentials(request.headers);
    const { service = '', accessKey = '' } = credentials ?? {};
    const protocol = protocols[service];
    if (protocol === undefined) throw new Error(`Nobody asks ${service}`);
    const { pathname, searchParams } = urlOf(request);
    const call = { method: request.method ?? 'GET', path: pathname, query: searchParams, headers: request.headers };
    const read = { ...call, body: await readBody(request, 1_000_000) };
    const { action, input } = protocol.read(read);
    const name = `${service}:${action}`;
    const before = asked.filter((one) => one.action === name).length;
    asked.push({ action: name, accessKey, region: request.headers.authorization?.split('/')[2] });
    const given = answers()[name] ?? new AwsRefusal('AccessDeniedException', `Nobody has an answer to ${name}`, 403);
    const answer = typeof given === 'function' ? given(input as Output, before) : given;
    if (answer instanceof AwsRefusal) return protocol.refuse(answer, randomUUID());
    const caller = { functionName: accessKey, sessionToken: '' };
    return protocol.write({ ...read, service, action, input, caller, requestId: randomUUID() }, answer);
  };
  return { url: `http://127.0.0.1:${server.port}`, asked, stop: () => server.stop() };
}
