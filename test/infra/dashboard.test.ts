import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { channels } from '../../functions/deliveries/channels/channels.ts';
import { projectDirectory } from '../../infra/synthesize.ts';
import { type FourSettings, fourSettings, resourcesOf } from './fourSettings.ts';

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly metrics?: readonly (readonly [namespace: string, name: string, ...rest: unknown[]])[];
    readonly alarms?: readonly string[];
    readonly query?: string;
    readonly markdown?: string;
  };
}

/** The page as CloudWatch is handed it, where what only AWS knows stands as its logical id. */
async function widgetsOf(settings: FourSettings): Promise<Widget[]> {
  const resources = await resourcesOf(settings);
  const pages = Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
  expect(pages).toHaveLength(1);
  const [, parts] = Reflect.get(Object(Reflect.get(Object(pages[0]?.Properties), 'DashboardBody')), 'Fn::Join');
  const text = parts.map((part: unknown) => (typeof part === 'string' ? part : logicalId(part))).join('');
  return JSON.parse(text).widgets;
}

function logicalId(reference: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = Object(reference);
  return String(Ref ?? attribute[0]);
}

/** The names by which the code counts and measures. */
function measuredNames(): Set<string> {
  const directory = join(projectDirectory, 'functions');
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const calls = files.flatMap((file) => [
    ...readFileSync(join(directory, file), 'utf8').matchAll(/\b(?:count|countReason|measureSeconds)\('(\w+)'/g),
  ]);
  const byChannel = channels.flatMap(({ name }) => [`Sent.${name}`, `Failed.${name}`, `Superseded.${name}`]);
  return new Set([...calls.map(([, name = '']) => name), ...byChannel]);
}

describe.each(fourSettings)('the dashboard with the settings %s', (settings) => {
  let widgets: Widget[];

  beforeAll(async () => {
    widgets = await widgetsOf(settings);
  });

  test('shows of what functions measure nothing that none of them does', () => {
    const own = widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]) => namespace === 'Meetings');
    expect(own.map(([, name]) => name).sort()).toEqual(
      [
        ...['Failed.email', 'Failed.push', 'Failed.sms', 'InvitationDelay', 'InvitationDelay', 'InvitationsPlanned'],
        ...['JoinsRefused', 'KnocksTaken', 'ReminderDelay', 'ReminderDelay', 'RemindersPlanned', 'SeatsTaken'],
        ...['Sent.email', 'Sent.push', 'Sent.sms'],
      ].sort(),
    );
    for (const [, name, ...rest] of own) {
      expect([...measuredNames()], name).toContain(name);
      expect(rest.slice(0, 2)).toEqual(['service', 'meetings']);
    }
  });

  test('shows each alarm, and each queue and stream that people wait for', async () => {
    const ids = Object.entries(await resourcesOf(settings));
    const alarms = ids.filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm').map(([id]) => id);
    const [status] = widgets.filter(({ type }) => type === 'alarm');
    expect([...(status?.properties.alarms ?? [])].sort()).toEqual(alarms.sort());
    const titled = (title: string) => widgets.find(({ properties }) => properties.title === title)?.properties;
    expect(titled('Seconds that the oldest job waits')?.metrics).toHaveLength(channels.length + 1);
    expect(titled('Milliseconds that the stream is behind')?.metrics).toHaveLength(2);
    const functions = ids.filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
    expect(titled('Errors of functions')?.metrics).toHaveLength(functions.length);
  });

  test('asks the access log for fields that it has', async () => {
    const [query] = widgets.filter(({ type }) => type === 'log');
    const [log] = Object.entries(await resourcesOf(settings)).filter(([id]) => id.startsWith('ApiAccess'));
    expect(query?.properties.query).toBe(
      `SOURCE '${log?.[0]}' | stats count(*) as calls, pct(latency, 50) as p50, pct(latency, 99) as p99 by route, status\n| sort calls desc\n| limit 100`,
    );
  });
});
