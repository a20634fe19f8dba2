import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { type Bundles, bundle } from './bundle.ts';
import { MeetingsStack } from './meetingsStack.ts';
import { SettingsFault } from './settings/fault.ts';
import { readSettings, type Settings } from './settings.ts';
import { checkTemplates } from './templates/check.ts';
import { checkOptions } from './templates/options.ts';

export const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

interface SynthesizeOptions {
  /** What stands over the context of cdk.json, as `-c` does. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly is written; the CDK's own choice where it is absent. */
  readonly outdir?: string;
  /** Where the bundles are written before they become assets. */
  readonly buildDirectory?: string;
  /** Bundles that were made before, in the place of new ones: they differ only by the templates. */
  readonly bundles?: Bundles;
  /** Whether CloudFormation's rules are held against the template; that takes 2 seconds. */
  readonly validate?: boolean;
}

export interface Synthesis {
  readonly directory: string;
  readonly stackName: string;
  readonly settings: Settings;
  readonly warnings: readonly string[];
}

/**
 * Bundles the functions and synthesizes the stack: what is deployed, and what runs locally.
 *
 * @throws SettingsFault with all faults of the settings together
 */
export async function synthesize(options: SynthesizeOptions = {}): Promise<Synthesis> {
  const app = new App({
    context: { ...projectContext(), ...options.context },
    builtinCloudFormationValidation: options.validate ?? true,
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
  });
  const { settings, warnings } = readSettings(app.node.tryGetContext('meetings') ?? {}, {
    projectDirectory,
    wacIni: app.node.tryGetContext('wacIni'),
  });
  const templates = await checkTemplates(checkOptions(settings));
  if (templates.faults.length > 0) {
    throw new SettingsFault(templates.faults.map((message) => ({ setting: 'templatePath', message })));
  }
  const bundles = options.bundles ?? (await bundleFor(settings, options.buildDirectory));
  new MeetingsStack(app, settings.stackName, { settings, bundles });
  return {
    directory: app.synth().directory,
    stackName: settings.stackName,
    settings,
    warnings: [...warnings, ...templates.warnings],
  };
}

function bundleFor(
  { templatePath, languages, linkPath }: Settings,
  buildDirectory: string | undefined,
): Promise<Bundles> {
  return bundle({
    projectDirectory,
    outputDirectory: buildDirectory ?? join(projectDirectory, 'build', 'functions'),
    templates: { directory: templatePath, languages },
    openapi: { linkPath },
  });
}

/** An app that the CDK's command line did not start does not read cdk.json. */
function projectContext(): Record<string, unknown> {
  const file = join(projectDirectory, 'cdk.json');
  if (!existsSync(file)) return {};
  return z.object({ context: z.record(z.string(), z.unknown()) }).parse(JSON.parse(readFileSync(file, 'utf8'))).context;
}
