import { describe, expect, test } from 'vitest';
import { type FourSettings, resourcesOf } from './fourSettings.ts';

/** The access log of each stage, by the stage's name; that of the console, which is as the API's, by `console`. */
async function accessLogsOf(settings: FourSettings) {
  const resources = await resourcesOf(settings);
  const stages = Object.values(resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage');
  return Object.fromEntries(
    stages.map(({ Properties }) => {
      const { DestinationArn, Format } = Object(Properties?.AccessLogSettings ?? {});
      const logGroup =
        resources[JSON.stringify(DestinationArn)?.match(/"((?:Api|Socket|Console)Access[0-9A-F]{8})"/)?.[1] ?? ''];
      const isConsole = JSON.stringify(Properties?.ApiId).includes('"Console');
      return [
        isConsole ? 'console' : String(Properties?.StageName),
        Format && { fields: JSON.parse(Format), logGroup },
      ];
    }),
  );
}

const common = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  integrationStatus: '$context.integrationStatus',
  integrationLatency: '$context.integrationLatency',
};

describe('the access log', () => {
  test.each(['$default', 'console'])(
    'of the HTTP API %s tells of each request by its route, never by path, token or address',
    async (stage) => {
      const { [stage]: api } = await accessLogsOf('shipped');

      expect(api.fields).toEqual({
        ...common,
        latency: '$context.responseLatency',
        bytes: '$context.responseLength',
        error: '$context.error.responseType',
      });
      expect(api.logGroup).toMatchObject({
        Type: 'AWS::Logs::LogGroup',
        DeletionPolicy: 'Delete',
        Properties: { RetentionInDays: 30 },
      });
    },
  );

  test('of the sockets is made where it is set, since it needs a role of the account', async () => {
    expect((await accessLogsOf('shipped')).rooms).toBeUndefined();
    const { rooms } = await accessLogsOf('everything on');

    expect(rooms.fields).toEqual({ ...common, event: '$context.eventType' });
    expect(rooms.logGroup).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  });
});

describe('the functions', () => {
  test.each([
    ['shipped', 'INFO', 'absent'],
    ['everything on', 'DEBUG', 'Active'],
  ] as const)('with the settings %s log from %s on, and are traced: %s', async (settings, level, mode) => {
    const functions = Object.values(await resourcesOf(settings)).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    const seen = functions.map(({ Properties = {} }) => [
      Reflect.get(Object(Reflect.get(Object(Properties.Environment), 'Variables')), 'POWERTOOLS_LOG_LEVEL'),
      Object(Properties.TracingConfig).Mode ?? 'absent',
    ]);

    expect(functions.length).toBeGreaterThan(20);
    expect(new Set(seen.map(String))).toEqual(new Set([`${level},${mode}`]));
  });
});
