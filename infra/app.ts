import { SettingsFault } from './settings/fault.ts';
import { synthesize } from './synthesize.ts';

/** What `cdk synth` and `cdk deploy` run: settings in, stack out. */
try {
  const { warnings } = await synthesize();
  for (const warning of warnings) console.warn(`warning: ${warning}`);
} catch (error) {
  if (!(error instanceof SettingsFault)) throw error;
  console.error(`The settings have faults:\n${error.message}`);
  process.exitCode = 1;
}
