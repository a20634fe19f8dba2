import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundles } from '../bundle.ts';
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
 * @param bundles that were made before, in the place of new ones
 */
export async function synthesizeInto(
  stateDirectory: string,
  context: Readonly<Record<string, unknown>>,
  bundles?: Bundles,
): Promise<Deployment> {
  const outdir = join(stateDirectory, 'assembly');
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const buildDirectory = join(stateDirectory, 'build');
  const { directory, stackName, settings } = await synthesize({
    context,
    outdir,
    buildDirectory,
    validate: false,
    ...(bundles === undefined ? {} : { bundles }),
  });
  return { assembly: readCloudAssembly(directory, stackName), capabilitiesClaim: settings.capabilitiesClaim };
}
