import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keptBundles } from '../run/keptBundles.ts';
import { synthesize } from '../synthesize.ts';
import { type CloudAssembly, readCloudAssembly } from './assembly/cloudAssembly.ts';

/** What is run: a cloud assembly, and what its settings say of tokens. */
export interface Deployment {
  readonly assembly: CloudAssembly;
  readonly capabilitiesClaim: string;
}

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
  return { assembly: readCloudAssembly(directory, stackName), capabilitiesClaim: settings.capabilitiesClaim };
}
