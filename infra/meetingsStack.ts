import { CfnOutput, Lazy, Stack, type StackProps } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { chooseConference } from '../functions/rooms/conference/chooseConference.ts';
import { watch } from './alarms.ts';
import { createApi, createDoors, doorOf } from './api.ts';
import type { Bundles } from './bundle.ts';
import { createCallers } from './callers/callers.ts';
import { consoleSettings, createConsole, createConsoleApi } from './console/console.ts';
import { createDashboard, serviceName } from './dashboard.ts';
import { createDelivering, createDeliveryQueues } from './deliveries.ts';
import { createEvents, createTelling } from './events.ts';
import { grantSecret } from './grants/secrets.ts';
import { withConfigurationSet } from './mail/configurationSet.ts';
import { createMailEvents } from './mail/mailEvents.ts';
import { createMeetingChanges } from './meetingChanges.ts';
import { createPlanning } from './planning.ts';
import { createReminders } from './reminders.ts';
import { createRoomClock, createRooms, createSockets } from './rooms.ts';
import { limitRoutes } from './routeLimits.ts';
import { runtimeSettings } from './runtimeSettings.ts';
import type { FunctionDefaults } from './serviceFunction.ts';
import { hasConsole } from './settings/console.ts';
import type { Settings } from './settings.ts';
import { createTable } from './table.ts';
import { createUserChanges } from './users.ts';

export interface MeetingsStackProps extends StackProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
}

/**
 * The whole service. A call becomes a row; the row's stream plans what is owed and keeps the
 * meeting's schedule; what is owed goes through a queue per channel to the people.
 */
export class MeetingsStack extends Stack {
  constructor(scope: Construct, id: string, { settings: given, bundles, ...props }: MeetingsStackProps) {
    super(scope, id, props);
    const settings = withConfigurationSet(this, given);
    const table = createTable(this);
    const conference = chooseConference(settings);
    // Each calls the other by its address: the API lets the console's page call it, and the page is told where.
    const consoleOrigin = Lazy.string({ produce: () => consoleApi?.origin ?? '' });
    const { api, stage, requests, domainName } = createApi(
      this,
      settings,
      conference,
      hasConsole(settings) ? consoleOrigin : undefined,
    );
    const consoleApi = createConsoleApi(this, settings);
    const sockets = createSockets(this, settings);
    const callers = createCallers(this, settings, consoleApi?.origin);
    const defaults: FunctionDefaults = {
      bundles,
      logRetentionDays: settings.logRetentionDays,
      isTraced: settings.tracing,
      environment: {
        TABLE_NAME: table.tableName,
        SETTINGS: runtimeSettings(this, settings, api, sockets),
        POWERTOOLS_LOG_LEVEL: settings.logLevel.toUpperCase(),
        POWERTOOLS_METRICS_NAMESPACE: this.stackName,
        POWERTOOLS_SERVICE_NAME: serviceName,
      },
    };
    const doors = createDoors(this, api, defaults, { settings, callers, table, conference });
    const shortLinks = doorOf(doors, 'http/rooms/followShortLink');
    limitRoutes(stage, settings, { shortLinks, assets: doorOf(doors, 'http/rooms/readAsset') });
    const deliveries = createDeliveryQueues(this);
    const deliver = createDelivering(this, defaults, settings, table, deliveries);
    const mailEventFailures = createMailEvents(this, defaults, settings, table);
    const planning = createPlanning(this, defaults, table, deliveries);
    const events = createEvents(this, settings);
    const tellWebhook = createTelling(this, defaults, table, events);
    const reminders = createReminders(this, defaults, table, deliveries, planning, events);
    const rooms = { sockets, clock: createRoomClock(this, defaults, table, sockets) };
    const changes = createMeetingChanges(this, defaults, table, deliveries, planning, reminders, rooms, events);
    if (settings.shortenerToken) grantSecret(changes.onMeetingChanged, settings.shortenerToken);
    const users = createUserChanges(this, defaults, settings, table);
    createRooms(this, defaults, settings, table, rooms);
    if (consoleApi && callers.signIn) {
      const told = consoleSettings(settings, { api: api.apiEndpoint, signIn: callers.signIn });
      createConsole(this, defaults, consoleApi, told);
    }
    const alarms = watch(this, settings, {
      failureQueues: [
        ...deliveries.map(({ failures }) => failures),
        planning.failures,
        reminders.failures,
        rooms.clock.failures,
        changes.failures,
        users.failures,
        events.failures,
        mailEventFailures,
      ],
      deliver,
      tellWebhook,
      shortLinks: shortLinks.door,
      followers: [changes.onMeetingChanged, users.onUserChanged],
    });
    createDashboard(this, {
      api,
      sockets: sockets.api,
      requests,
      queues: [...deliveries.map(({ queue }) => queue), planning.queue],
      followers: [changes.onMeetingChanged, users.onUserChanged],
      functions: this.node.findAll().filter((one) => one instanceof LambdaFunction),
      alarms,
    });

    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
    new CfnOutput(this, 'SocketUrl', { value: sockets.stage.url });
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'TokenIssuer', { value: callers.issuer });
    new CfnOutput(this, 'TokenAudience', { value: callers.audience.join(',') });
    if (events.bus) new CfnOutput(this, 'EventBusName', { value: events.bus.eventBusName });
    if (callers.pool) {
      new CfnOutput(this, 'UserPoolId', { value: callers.pool.poolId });
      new CfnOutput(this, 'UserPoolClientId', { value: callers.pool.clientId });
    }
    if (consoleApi && callers.signIn) {
      new CfnOutput(this, 'ConsoleUrl', { value: consoleApi.origin });
      new CfnOutput(this, 'ConsoleApiUrl', { value: consoleApi.api.apiEndpoint });
      new CfnOutput(this, 'ConsoleClientId', { value: callers.signIn.clientId });
    }
    if (domainName) new CfnOutput(this, 'LinkHostAlias', { value: domainName.regionalDomainName });
    if (sockets.domainName) new CfnOutput(this, 'SocketHostAlias', { value: sockets.domainName.regionalDomainName });
    if (consoleApi?.domainName) {
      new CfnOutput(this, 'ConsoleHostAlias', { value: consoleApi.domainName.regionalDomainName });
    }
  }
}
