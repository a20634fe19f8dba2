import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { repeatConflicts } from '../functions/runtime/repeat.ts';
import type { RuntimeSettings } from '../functions/runtime/settings.ts';
import type { Table } from '../functions/runtime/table.ts';
import { databaseClient } from '../infra/local/databaseTable.ts';
import { shippedLanguages } from '../infra/templates/shippedLanguages.ts';
import { startStoreTable } from './local/storeTable.ts';

/** Settings as a deployment with everything switched on has them. */
export const testSettings: RuntimeSettings = {
  linkHost: 'https://meet.example.org',
  linkPath: '/m',
  linkFormat: 'unique',
  domain: 'meet.example.org',
  inviteMechanisms: ['email', 'sms'],
  remindMechanisms: ['push'],
  remindBeforeMinutes: 10,
  organizerMail: true,
  languages: shippedLanguages,
  languagesGiven: true,
  timeZone: 'Europe/Madrid',
  mailIdentity: { address: 'meetings@example.org' },
  smsService: true,
  smsCountries: ['ES'],
  mailsPerDay: 100_000,
  smsPerDay: 100_000,
  pushApplications: { fcm: 'arn:aws:sns:eu-west-1:000000000000:app/GCM/test' },
  pstnExtension: '+34999999999',
  capabilitiesClaim: 'cognito:groups',
  trustIssuerAddresses: false,
  publicRooms: true,
  roomCapacity: 8,
  openBeforeMinutes: 10,
  socketUrl: 'wss://sockets.example.org/rooms',
  iceServers: [{ urls: ['stun:stun.example.org:3478'] }],
  allowedOrigins: ['https://app.example.org'],
  attendance: true,
  retentionDays: 30,
};

/** The environment that the handlers of one test file run in: a table of a real engine, and settings. */
export interface TestService {
  readonly table: Table;
  stop(): Promise<void>;
}

/** Call it before a handler is imported: settings and table are read once per environment. */
export async function startService(settings: Partial<RuntimeSettings> = {}): Promise<TestService> {
  const { endpoint, tableName, stop } = await startStoreTable();
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    TABLE_NAME: tableName,
    POWERTOOLS_METRICS_DISABLED: 'true',
    SETTINGS: JSON.stringify({ ...testSettings, ...settings }),
  });
  const client = repeatConflicts(databaseClient(endpoint));
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    table: { name: tableName, documents },
    stop: async () => {
      client.destroy();
      await stop();
    },
  };
}

/** The claims of a token, as the gateway hands them over. */
export type Claims = Readonly<Record<string, string>>;

export const alice: Claims = {
  sub: 'alice-id',
  'cognito:username': 'alice',
  email: 'alice@example.org',
  email_verified: 'true',
  phone_number: '+34600000001',
  phone_number_verified: 'true',
  'cognito:groups': '[meetings]',
};

export const bob: Claims = {
  sub: 'bob-id',
  'cognito:username': 'bob',
  email: 'bob@example.org',
  email_verified: 'true',
};

/** Not limited by capabilities. */
export const root: Claims = { sub: 'root-id', 'cognito:username': 'root', 'cognito:groups': '[admin]' };

export interface Call {
  readonly claims?: Claims;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text as it is. */
  readonly body?: unknown;
  /** Whether `body` is text that stands for bytes, as the gateway hands over what is no text. Default false. */
  readonly isBase64Encoded?: boolean;
  readonly sourceAddress?: string;
  /** Of a function that answers at several. Default: `$default`. */
  readonly routeKey?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | boolean>>;
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it says what it is
  readonly body: any;
}

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Calls a door as API Gateway would (payload format 2.0), and reads its answer. */
export async function call(handler: Handler, options: Call): Promise<Answer> {
  const { claims, path, query, headers = {}, body, isBase64Encoded = false, sourceAddress = '192.0.2.1' } = options;
  const event = {
    version: '2.0',
    routeKey: options.routeKey ?? '$default',
    rawPath: '/',
    rawQueryString: new URLSearchParams(query).toString(),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...(query ? { queryStringParameters: query } : {}),
    ...(path ? { pathParameters: path } : {}),
    requestContext: {
      requestId: 'request-1',
      http: { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: sourceAddress, userAgent: 'test' },
      ...(claims ? { authorizer: { jwt: { claims, scopes: null } } } : {}),
    },
    isBase64Encoded,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  const result = await handler(
    event as unknown as APIGatewayProxyEventV2,
    {
      functionName: 'test',
      awsRequestId: 'request-1',
      getRemainingTimeInMillis: () => 15_000,
    } as Context,
  );
  const answered = result.body;
  return {
    status: result.statusCode ?? 200,
    headers: result.headers ?? {},
    body:
      typeof answered === 'string' && /json/.test(String(result.headers?.['content-type']))
        ? JSON.parse(answered)
        : answered,
  };
}
