import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Metric,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { channels } from '../functions/deliveries/channels/channels.ts';
import type { MetricName, ReasonedName } from '../functions/runtime/metrics.ts';

/** The name of the service in what its functions measure. */
export const serviceName = 'meetings';

interface Shown {
  readonly api: HttpApi;
  readonly sockets: WebSocketApi;
  /** The access log of the HTTP API. */
  readonly requests: ILogGroup;
  readonly queues: readonly Queue[];
  readonly followers: readonly LambdaFunction[];
  readonly functions: readonly LambdaFunction[];
  readonly alarms: readonly Alarm[];
}

const period = Duration.minutes(5);
const halfWidth = 12;
const fullWidth = 24;

/** One page at CloudWatch on which an operator sees whether what the service promises is kept, from top to bottom by weight. */
export function createDashboard(scope: Construct, shown: Shown): void {
  const dashboard = new Dashboard(scope, 'Dashboard', { periodOverride: PeriodOverride.AUTO });
  const own = ownMetrics(scope);
  for (const row of [
    alarmsOf(shown),
    letters(own),
    times(own),
    doors(shown),
    queues(shown),
    rooms(shown, own),
    code(shown),
  ])
    dashboard.addWidgets(...row);
}

type OwnMetrics = (name: MetricName | ReasonedName, statistic?: string) => Metric;

function ownMetrics(scope: Construct): OwnMetrics {
  const namespace = Stack.of(scope).stackName;
  return (metricName, statistic = 'Sum') =>
    new Metric({
      namespace,
      metricName,
      dimensionsMap: { service: serviceName },
      statistic,
      period,
      label: metricName,
    });
}

function alarmsOf({ alarms }: Shown): IWidget[] {
  const markdown = '# Meetings\nWhat each alarm means, and what to do: `docs/operating.md`.';
  return [
    new TextWidget({ markdown, width: fullWidth, height: 2 }),
    new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: fullWidth, height: 4 }),
  ];
}

function letters(own: OwnMetrics): IWidget[] {
  const ended = channels.flatMap(({ name }) =>
    (['Sent', 'Failed'] as const).map((how): MetricName => `${how}.${name}`),
  );
  return [
    graph('Planned', [own('InvitationsPlanned'), own('RemindersPlanned')]),
    graph(
      'Sent and failed',
      ended.map((name) => own(name)),
    ),
  ];
}

function times(own: OwnMetrics): IWidget[] {
  const percentiles = (name: MetricName) =>
    ['p50', 'p99'].map((statistic) => labelled(own(name, statistic), statistic));
  return [
    graph('Seconds from a change until its letters left', percentiles('InvitationDelay')),
    graph('Seconds that reminders are late', percentiles('ReminderDelay')),
  ];
}

function doors({ api, requests }: Shown): IWidget[] {
  return [
    graph('Calls', [api.metricCount({ period }), api.metricClientError({ period }), api.metricServerError({ period })]),
    graph(
      'Milliseconds until a call is answered',
      ['p50', 'p99'].map((statistic) => labelled(api.metricLatency({ period, statistic }), statistic)),
    ),
    new LogQueryWidget({
      title: 'Calls by route and status',
      logGroupNames: [requests.logGroupName],
      view: LogQueryVisualizationType.TABLE,
      queryLines: [
        'stats count(*) as calls, pct(latency, 50) as p50, pct(latency, 99) as p99 by route, status',
        'sort calls desc',
        'limit 100',
      ],
      width: fullWidth,
      height: 8,
    }),
  ];
}

function queues({ queues: all, followers }: Shown): IWidget[] {
  return [
    graph(
      'Seconds that the oldest job waits',
      all.map((queue) => labelled(queue.metricApproximateAgeOfOldestMessage({ period }), queue.node.id)),
    ),
    graph(
      'Milliseconds that the stream is behind',
      followers.map((follower) =>
        labelled(follower.metric('IteratorAge', { statistic: 'Maximum', period }), follower.node.id),
      ),
    ),
  ];
}

function rooms({ sockets }: Shown, own: OwnMetrics): IWidget[] {
  return [
    graph('Seats taken, knocks, joins refused', [own('SeatsTaken'), own('KnocksTaken'), own('JoinsRefused')]),
    graph(
      'Sockets',
      ['ConnectCount', 'ClientError', 'ExecutionError'].map((name) =>
        sockets.metric(name, { period, statistic: 'Sum' }),
      ),
    ),
  ];
}

function code({ functions }: Shown): IWidget[] {
  const each = (metric: (made: LambdaFunction) => Metric) =>
    functions.map((made) => labelled(metric(made), made.node.id));
  return [
    graph(
      'Errors of functions',
      each((made) => made.metricErrors({ period })),
    ),
    graph(
      'Throttles of functions',
      each((made) => made.metricThrottles({ period })),
    ),
  ];
}

function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: halfWidth });
}

function labelled(metric: Metric, label: string): Metric {
  return metric.with({ label });
}
