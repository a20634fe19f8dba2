import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundles, bundle, bundlesIn } from '../infra/bundle.ts';
import { readCloudAssembly } from '../infra/local/assembly/cloudAssembly.ts';
import type { Deployment } from '../infra/local/deployment.ts';
import { projectDirectory, synthesize } from '../infra/synthesize.ts';
import { onceInRun } from './onceInRun.ts';

/** The functions' bundles, made once per run. */
export async function testBundles(): Promise<Bundles> {
  const templates = { directory: join(projectDirectory, 'templates'), languages: ['en', 'es', 'ca'] };
  const directory = await onceInRun('functions', (outputDirectory) =>
    bundle({ projectDirectory, outputDirectory, templates, openapi: { linkPath: '/m' } }),
  );
  return bundlesIn(directory);
}

/** The project's own stack with these settings, synthesized once per run. */
export async function testDeployment(meetings: object): Promise<Deployment> {
  const bundles = await testBundles();
  const name = `assembly-${createHash('sha256').update(JSON.stringify(meetings)).digest('hex')}`;
  const factsFile = 'facts.json';
  const outdir = await onceInRun(name, async (directory) => {
    const { stackName, settings } = await synthesize({
      context: { meetings },
      outdir: directory,
      bundles,
      validate: false,
    });
    writeFileSync(
      join(directory, factsFile),
      JSON.stringify({ stackName, capabilitiesClaim: settings.capabilitiesClaim }),
    );
  });
  const { stackName, capabilitiesClaim } = JSON.parse(readFileSync(join(outdir, factsFile), 'utf8'));
  return { assembly: readCloudAssembly(outdir, stackName), capabilitiesClaim };
}
