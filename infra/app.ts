import { App } from 'aws-cdk-lib';
import { SettingsFault } from './settings/fault.ts';
import { synthesize } from './synthesize.ts';

/** What `cdk synth` and `cdk deploy` run: settings in, stack out. */
try {
  const { node } = new App({ autoSynth: false }); // for what the command line gives with -c
  const [meetings, wacIni, stage] = ['meetings', 'wacIni', 'stage'].map((name) => node.tryGetContext(name));
  const context = { meetings, wacIni, stage };
  // Without credentials the command line hands over a region of its own choice.
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  const { warnings } = await synthesize({ context, region: account ? region : undefined });
  for (const warning of warnings) console.warn(`warning: ${warning}`);
} catch (error) {
  if (!(error instanceof SettingsFault)) throw error;
  console.error(`The settings have faults:\n${error.message}`);
  process.exitCode = 1;
}
