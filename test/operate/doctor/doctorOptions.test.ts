import { expect, test } from 'vitest';
import { doctorOptions } from '../../../infra/operate/doctor/doctorOptions.ts';

const usage = 'Usage: npm run doctor -- [--profile NAME] [--region NAME] [-c stage=NAME] [--json] | --policy';

test('reads whom to ask, and the context as cdk takes it', () => {
  expect(doctorOptions([])).toEqual({
    ...{ profile: undefined, region: undefined },
    ...{ context: {}, json: false, policy: false },
  });
  const args = '--profile ops --region eu-west-1 -c stage=test --context wacIni=a=b.ini --json --policy'.split(' ');
  expect(doctorOptions(args)).toEqual({
    ...{ profile: 'ops', region: 'eu-west-1' },
    ...{ context: { stage: 'test', wacIni: 'a=b.ini' }, json: true, policy: true },
  });
});

test.each([
  [['-c', 'stage'], `-c stage must be NAME=VALUE\n${usage}`],
  [['-c', '=test'], `-c =test must be NAME=VALUE\n${usage}`],
  [['--frobnicate'], usage],
  [['ops'], usage],
])('refuses %j, with how the command is called', (args, words) => {
  expect(() => doctorOptions(args)).toThrow(words);
});
