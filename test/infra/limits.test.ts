import { describe, expect, test } from 'vitest';
import { faultsOfSize } from '../../infra/limits.ts';
import { SettingsFault } from '../../infra/settings/fault.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { testBundles } from '../bundles.ts';
import { temporaryDirectory } from '../local/temporaryDirectory.ts';
import { fourSettings, resourcesOf } from './fourSettings.ts';

const functionWith = (Variables: object) => ({
  Resources: { Function: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } } },
});
const queues = (count: number, Properties: object = {}) => ({
  Resources: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`Queue${index}`, { Type: 'AWS::SQS::Queue', Properties }]),
  ),
});

describe("a function's environment", () => {
  // {"A":"…"} is 8 bytes around the value
  test('may be as large as Lambda takes, and no larger', () => {
    expect(faultsOfSize(functionWith({ A: 'x'.repeat(4088) }), {})).toEqual([]);
    expect(
      faultsOfSize(functionWith({ A: 'x'.repeat(4089) }), {
        linkPath: '/m',
        smsCountries: ['ES'],
        iceServers: [],
        timeZone: 'UTC',
      }),
    ).toEqual([
      {
        setting: 'meetings',
        message:
          "The settings take 4097 bytes of a function's environment, and Lambda takes 4096: shorten smsCountries (6), timeZone (5), linkPath (4).",
      },
    ]);
  });

  test('is measured as JSON text in bytes, with room for what is known at deployment only', () => {
    const sizeOf = (value: unknown) => {
      const [fault] = faultsOfSize(functionWith({ A: value, B: 'x'.repeat(5000) }), {});
      return Number(/take (\d+) bytes/.exec(fault?.message ?? '')?.[1]) - 5000 - 15;
    };

    expect(sizeOf('"é"')).toBe(6);
    expect(sizeOf({ Ref: 'Table' })).toBe(100);
    expect(sizeOf({ 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '/x']] })).toBe(110);
    expect(sizeOf({ 'Fn::Join': ['-', ['a', { 'Fn::Join': ['', ['b', 'c']] }]] })).toBe(4);
  });
});

describe('a stack', () => {
  test('may have 450 resources', () => {
    expect(faultsOfSize(queues(450), {})).toEqual([]);
    expect(faultsOfSize(queues(451), {})).toEqual([
      {
        setting: 'meetings',
        message:
          'The stack has 451 resources; CloudFormation takes 500, and above 450 a change may no longer be deployed.',
      },
    ]);
  });

  test('may have a template of 900,000 bytes', () => {
    expect(faultsOfSize(queues(1, { Name: 'x'.repeat(899_000) }), {})).toEqual([]);
    expect(faultsOfSize(queues(1, { Name: 'x'.repeat(900_000) }), {})[0]?.message).toMatch(
      /^The template has 9001\d\d bytes; CloudFormation takes 1 MB, and above 900000 a change may no longer be deployed\.$/,
    );
  });
});

test('settings that make too large an environment are refused at synth, the longest by name', async () => {
  const iceServers = Array.from({ length: 60 }, (_, index) => `stun:server-${index}.stun.example.org:3478`);
  const context = { meetings: { iceServers, allowedOrigins: ['https://app.example.org'] } };
  const outdir = temporaryDirectory();
  const synthesis = synthesize({ context, outdir, bundles: testBundles, validate: false });

  await expect(synthesis).rejects.toThrow(SettingsFault);
  await expect(synthesis).rejects.toThrow(
    /^meetings: The settings take \d{4} bytes of a function's environment, and Lambda takes 4096: shorten iceServers \(\d{4}\), \w+ \(\d+\), \w+ \(\d+\)\.$/,
  );
});

describe.each(fourSettings)('with the settings %s', (settings) => {
  test('all is within the limits', async () => {
    expect(faultsOfSize({ Resources: await resourcesOf(settings) }, {})).toEqual([]);
  });
});
