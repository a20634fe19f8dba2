import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readCloudAssembly } from '../local/assembly/cloudAssembly.ts';
import type { Deployment } from '../local/deployment.ts';
import { synthesize } from '../synthesize.ts';
import { keptBundles } from './keptBundles.ts';
import { localUsers } from './localUsers.ts';

/**
 * Builds the bundles and synthesizes the template into a state folder.
 *
 * @param context stands over that of cdk.json
 */
export async function synthesizeInto(
  stateDirectory: string,
  context: Readonly<Record<string, unknown>>,
): Promise<Deployment> {
  const outdir = join(stateDirectory, 'assembly');
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { directory, stackName, settings } = await synthesize({
    context,
    outdir,
    bundles: keptBundles,
    validate: false,
  });
  return {
    assembly: readCloudAssembly(directory, stackName),
    capabilitiesClaim: settings.capabilitiesClaim,
    users: localUsers,
  };
}
