import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../functions/runtime/digest.ts';
import type { Bundles } from '../infra/bundle.ts';
import { readCloudAssembly } from '../infra/local/assembly/cloudAssembly.ts';
import type { Deployment } from '../infra/local/deployment.ts';
import { keptBundles } from '../infra/run/keptBundles.ts';
import { localUsers } from '../infra/run/localUsers.ts';
import { projectDirectory, synthesize } from '../infra/synthesize.ts';
import { shippedLanguages } from '../infra/templates/shippedLanguages.ts';
import { onceInRun } from './onceInRun.ts';

const templates = { directory: join(projectDirectory, 'templates'), languages: shippedLanguages };

/** The functions' bundles, made once per run. */
export async function testBundles(): Promise<Bundles> {
  const input = { projectDirectory, templates, openapi: { linkPath: '/m' } };
  await onceInRun('bundles', () => keptBundles(input));
  return keptBundles(input);
}

/** What the project's own stack was synthesized to: where it lies, and what is asked of it. */
interface TestAssembly {
  readonly directory: string;
  readonly stackName: string;
  readonly capabilitiesClaim: string;
}

/** The project's own stack with these settings, synthesized once per run. */
export async function testAssembly(meetings: object): Promise<TestAssembly> {
  const name = `assembly-${sha256(JSON.stringify(meetings), 'hex')}`;
  const factsFile = 'facts.json';
  const directory = await onceInRun(name, async (outdir) => {
    const { stackName, settings } = await synthesize({
      context: { meetings },
      outdir,
      bundles: testBundles,
      validate: false,
    });
    const facts = { stackName, capabilitiesClaim: settings.capabilitiesClaim };
    writeFileSync(join(outdir, factsFile), JSON.stringify(facts));
  });
  return { directory, ...JSON.parse(readFileSync(join(directory, factsFile), 'utf8')) };
}

/** The same, to be run in this process. */
export async function testDeployment(meetings: object): Promise<Deployment> {
  const { directory, stackName, capabilitiesClaim } = await testAssembly(meetings);
  return { assembly: readCloudAssembly(directory, stackName), capabilitiesClaim, users: localUsers };
}
