import * as z from 'zod';
import { SettingsFault } from '../../settings/fault.ts';
import { readProject } from '../../synthesize.ts';
import { accountClient } from './accountClient.ts';
import { readPolicy } from './actions.ts';
import { defaultQualifier } from './bootstrap.ts';
import { checksOf } from './checks.ts';
import { doctorOptions } from './doctorOptions.ts';
import { judgeElsewhere } from './elsewhere.ts';
import { examine } from './examine.ts';
import { clientConfig, readPlace } from './placeClient.ts';
import { isWell, reportLines } from './report.ts';

/**
 * `npm run doctor -- [--profile NAME] [--region NAME] [-c stage=NAME]`: asks the account, and changes nothing, whether it
 * has what the settings need. Ends with 1 where something is missing or was not answered, with 2 where it could not ask.
 */
async function main(args: readonly string[]): Promise<void> {
  const { profile, region, context: over, json, policy } = doctorOptions(args);
  if (policy) return print(readPolicy());
  const { settings, context, warnings } = readProject(over);
  const config = clientConfig(profile, region);
  const place = await readPlace(config, profile);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  const qualifier = z.string().default(defaultQualifier).parse(context['@aws-cdk/core:bootstrapQualifier']);
  const account = accountClient({ ...config, region: place.region });
  const elsewhere = judgeElsewhere(settings, place).map((one) => ({ ...one, asked: 'sts:GetCallerIdentity' }));
  const findings = [
    ...elsewhere,
    ...(await examine(checksOf({ settings, qualifier, place, account, now: new Date() }))),
  ];
  if (json) print({ ...place, stack: settings.stackName, findings });
  else for (const line of reportLines(findings, settings.stackName, place)) console.log(line);
  if (!isWell(findings)) process.exitCode = 1;
}

function print(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof SettingsFault) console.error(`The settings have faults:\n${error.message}`);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
