import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundles } from '../infra/bundle.ts';
import { readCloudAssembly } from '../infra/local/assembly/cloudAssembly.ts';
import type { Deployment } from '../infra/local/deployment.ts';
import { keptBundles } from '../infra/local/keptBundles.ts';
import { projectDirectory, synthesize } from '../infra/synthesize.ts';
import { onceInRun } from './onceInRun.ts';

const templates = { directory: join(projectDirectory, 'templates'), languages: ['en', 'es', 'ca'] };

/** The functions' bundles, made once per run. */
export async function testBundles(): Promise<Bundles> {
  const input = { projectDirectory, templates, openapi: { linkPath: '/m' } };
  await onceInRun('bundles', () => keptBundles(input));
  return keptBundles(input);
}

/** The project's own stack with these settings, synthesized once per run. */
export async function testDeployment(meetings: object): Promise<Deployment> {
  const name = `assembly-${createHash('sha256').update(JSON.stringify(meetings)).digest('hex')}`;
  const factsFile = 'facts.json';
  const outdir = await onceInRun(name, async (directory) => {
    const { stackName, settings } = await synthesize({
      context: { meetings },
      outdir: directory,
      bundles: testBundles,
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
