import { App, Stack } from 'aws-cdk-lib';

/** A stack for some of the constructs alone; CloudFormation's rules, which take 2 seconds, are held against the whole one. */
export function bareStack(name: string): Stack {
  return new Stack(new App({ builtinCloudFormationValidation: false }), name);
}
