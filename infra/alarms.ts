import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { givenUp, heldUp } from '../functions/deliveries/givenUp.ts';
import { turnedOff } from '../functions/events/turnedOff.ts';
import { shortLinkMissed } from '../functions/rooms/shortLinkMissed.ts';
import { acknowledge } from './acknowledge.ts';
import type { Settings } from './settings.ts';

interface Watched {
  /** Whatever lies in one of these was given up. */
  readonly failureQueues: readonly Queue[];
  /** The workers that deliver. */
  readonly deliver: readonly LambdaFunction[];
  /** What tells receivers of events. */
  readonly tellWebhook: LambdaFunction;
  /** The door of the short links in SMS. */
  readonly shortLinks: LambdaFunction;
  /** The functions that follow the table's stream. */
  readonly followers: readonly LambdaFunction[];
}

/** In five minutes: links that ended are opened now and then, a scan of codes misses far more often. */
const manyMisses = 100;

/**
 * Shares of an account's mails, 0 to 1. From these on SES puts an account under review, and from twice and five times as
 * many on it may send no more (SES developer guide, "Amazon SES sending review process FAQs").
 */
const mostBounces = 0.05;
const mostComplaints = 0.001;

/** Alarms for what was given up, for mails that come back, and for a stream that is followed too slowly; `alarmEmail` hears of them. @returns them */
export function watch(
  scope: Construct,
  { alarmEmail }: Settings,
  { failureQueues, deliver, tellWebhook, shortLinks, followers }: Watched,
): Alarm[] {
  const alarms = [
    ...failureQueues.map((queue) =>
      alarm(scope, `${queue.node.id}Alarm`, queue.metricApproximateNumberOfMessagesVisible(), 1),
    ),
    alarm(scope, 'DeliveriesGivenUpAlarm', linesOf(scope, 'DeliveriesGivenUp', deliver, givenUp), 1),
    alarm(scope, 'DeliveriesHeldUpAlarm', linesOf(scope, 'DeliveriesHeldUp', deliver, heldUp), 1),
    alarm(scope, 'WebhooksTurnedOffAlarm', linesOf(scope, 'WebhooksTurnedOff', [tellWebhook], turnedOff), 1),
    alarm(
      scope,
      'ShortLinksMissedAlarm',
      linesOf(scope, 'ShortLinksMissed', [shortLinks], shortLinkMissed),
      manyMisses,
    ),
    ...reputationAlarms(scope),
    ...followers.map((follower) =>
      alarm(
        scope,
        `${follower.node.id}LagAlarm`,
        follower.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
        Duration.minutes(5).toMilliseconds(),
      ),
    ),
  ];
  if (alarmEmail === undefined) return alarms;
  const topic = createTopic(scope);
  acknowledge(topic.addSubscription(new EmailSubscription(alarmEmail)), {
    'Serverless-SNSRedrivePolicy':
      'A mail that a server refuses would wait unread in a queue; CloudWatch shows the alarm all the same.',
  });
  for (const one of alarms) one.addAlarmAction(new SnsAction(topic));
  return alarms;
}

/**
 * A topic that takes what alarms of this account say. A policy of its own takes the place of the one by which SNS lets
 * everything of the account publish, so that CloudWatch has to be named (Amazon SNS developer guide, "Example cases for
 * Amazon SNS access control").
 */
function createTopic(scope: Construct): Topic {
  const topic = new Topic(scope, 'Alarms', { enforceSSL: true });
  const { account } = Stack.of(scope);
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsPublish',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        ArnLike: {
          'aws:SourceArn': Stack.of(scope).formatArn({
            service: 'cloudwatch',
            resource: 'alarm',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
        StringEquals: { 'aws:SourceAccount': account },
      },
    }),
  );
  return topic;
}

/** How often functions log a message, all together. */
function linesOf(scope: Construct, metricName: string, functions: readonly LambdaFunction[], message: string): Metric {
  const metricNamespace = Stack.of(scope).stackName;
  for (const { node, logGroup } of functions) {
    const filterPattern = FilterPattern.stringValue('$.message', '=', message);
    new MetricFilter(scope, `${metricName}By${node.id}`, { logGroup, filterPattern, metricNamespace, metricName });
  }
  return new Metric({ namespace: metricNamespace, metricName, statistic: 'Sum', period: Duration.minutes(5) });
}

/**
 * Of all mails of the account in the region, whoever sends them: SES publishes both by itself, anew where they change
 * (SES developer guide, "Creating reputation monitoring alarms using CloudWatch").
 */
function reputationAlarms(scope: Construct): Alarm[] {
  const rate = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) });
  return [
    alarm(scope, 'BounceRateAlarm', rate('Reputation.BounceRate'), mostBounces, TreatMissingData.IGNORE),
    alarm(scope, 'ComplaintRateAlarm', rate('Reputation.ComplaintRate'), mostComplaints, TreatMissingData.IGNORE),
  ];
}

/** Rings from a value on. */
function alarm(
  scope: Construct,
  id: string,
  metric: Metric,
  threshold: number,
  treatMissingData = TreatMissingData.NOT_BREACHING,
): Alarm {
  return new Alarm(scope, id, {
    alarmDescription: `What it means, and what to do: docs/operating.md, ${id}.`,
    metric,
    threshold,
    evaluationPeriods: 1,
    treatMissingData,
  });
}
