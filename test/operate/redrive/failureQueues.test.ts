import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureQueues } from '../../../infra/operate/redrive/failureQueues.ts';
import { isMeetingChange, isUserChange } from '../../../infra/operate/redrive/streamChange.ts';
import { projectDirectory } from '../../../infra/synthesize.ts';
import { fourSettings, stackOf } from '../../infra/fourSettings.ts';

describe.each(fourSettings)('the failure queues of the template with the settings %s', (settings) => {
  test('are all known, and no other', async () => {
    const queues = (await stackOf(settings)).ofType('AWS::SQS::Queue').map(({ name }) => name);

    expect(queues.filter((name) => name.endsWith('Failures')).sort()).toEqual(Object.keys(failureQueues).sort());
  });

  test('go back to where the template has them from', async () => {
    const stack = await stackOf(settings);
    const json = (types: readonly string[], name: string) =>
      JSON.stringify(
        types.flatMap((type) => stack.ofType(type)).filter((one) => JSON.stringify(one.properties).includes(name)),
      );
    for (const [failures, found] of Object.entries(failureQueues)) {
      if (found.kind === 'jobs') expect(json(['AWS::SQS::Queue'], failures)).toContain(`"name":"${found.source}"`);
      else {
        const senders = ['AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping'];
        expect(json(senders, `:${failures}"`)).toContain(found.calls);
      }
    }
  });
});

test.each(Object.keys(failureQueues))('%s has its redrive among what the handbook says to do at its alarm', (name) => {
  const handbook = readFileSync(join(projectDirectory, 'docs', 'operating.md'), 'utf8');
  const section = handbook.split(/^##+ /m).find((part) => part.startsWith(`${name}Alarm\n`));

  expect(section?.replace(/\s+/g, ' ')).toContain(`\`npm run redrive -- --queue ${name} --yes\``);
});

const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });

describe('of what stands in the stream', () => {
  test.each([
    [true, 'INSERT', 'MEETING'],
    [true, 'MODIFY', 'MEETING'],
    [true, 'INSERT', 'WAITING#2027-01-01'],
    [true, 'INSERT', 'UNREACHABLE'],
    [false, 'REMOVE', 'MEETING'],
    [false, 'INSERT', 'DELIVERY#0#email#guest'],
  ])('it is %j that meetings are followed by: %s of %s', (expected, eventName, sk) => {
    expect(isMeetingChange({ eventName, dynamodb: { Keys: key('MEETING#m', sk) } })).toBe(expected);
  });

  test.each([
    [true, { Keys: key('USER#u', 'USER'), NewImage: { erasing: { BOOL: true } } }],
    [true, { Keys: key('USER#u', 'USER'), NewImage: { newAddress: { BOOL: true } } }],
    [true, { Keys: key('USER#u', 'DEVICE#d'), OldImage: { endpointArn: { S: 'arn' } } }],
    [false, { Keys: key('USER#u', 'USER'), NewImage: {} }],
    [false, { Keys: key('USER#u', 'DEVICE#d'), NewImage: { endpointArn: { S: 'arn' } } }],
    [false, { Keys: key('MEETING#m', 'MEETING'), NewImage: { erasing: { BOOL: true } } }],
  ])('it is %j that users are followed by: %j', (expected, dynamodb) => {
    expect(isUserChange({ eventName: 'MODIFY', dynamodb })).toBe(expected);
  });
});
