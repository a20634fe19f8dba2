import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { runtimeSettingsSchema } from '../functions/runtime/settings.ts';
import { type BundleInput, type Bundles, bundle } from './bundle.ts';
import { faultsOfSize } from './limits.ts';
import { SettingsFault } from './settings/fault.ts';
import { readSettings, type Settings } from './settings.ts';
import { checkTemplates } from './templates/check.ts';
import { checkOptions } from './templates/options.ts';

export const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

/** Makes the functions' bundles, or knows where they are. */
export type MakeBundles = (input: BundleInput) => Promise<Bundles>;

interface SynthesizeOptions {
  /** Stands over the context of cdk.json. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly is written; the CDK's own choice where it is absent. */
  readonly outdir?: string;
  /** How the functions are bundled. Default: anew, into `build/functions`. */
  readonly bundles?: MakeBundles;
  /** Where the stack is deployed, where that is known. */
  readonly region?: string | undefined;
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
  const { context, settings, warnings } = readProject(options.context, options.region);
  const templates = await checkTemplates(checkOptions(settings));
  if (templates.faults.length > 0) {
    throw new SettingsFault(templates.faults.map((message) => ({ setting: 'templatePath', message })));
  }
  const makeBundles = options.bundles ?? bundleAnew;
  // The CDK takes as long to load as the bundles to be made.
  const [bundles, { App }, { MeetingsStack }] = await Promise.all([
    makeBundles(bundleInput(settings)),
    import('aws-cdk-lib'),
    import('./meetingsStack.ts'),
  ]);
  const app = new App({
    context,
    builtinCloudFormationValidation: options.validate ?? true,
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
  });
  new MeetingsStack(app, settings.stackName, { settings, bundles, tags: tagsOf(settings) });
  const assembly = app.synth();
  const tooLarge = faultsOfSize(assembly.getStackByName(settings.stackName).template, ofFunctions(settings));
  if (tooLarge.length > 0) throw new SettingsFault(tooLarge);
  return {
    directory: assembly.directory,
    stackName: settings.stackName,
    settings,
    warnings: [...warnings, ...templates.warnings],
  };
}

/**
 * The context of cdk.json, and the settings in it.
 *
 * @param over stands over that context
 * @param region where the stack is deployed, where that is known
 * @throws SettingsFault with all faults of the settings together
 */
export function readProject(over: Readonly<Record<string, unknown>> = {}, region?: string) {
  const context = { ...projectContext(), ...over };
  const { meetings = {}, wacIni, stage } = ownContext.parse(context);
  return { context, ...readSettings(meetings, { projectDirectory, wacIni, stage, region }) };
}

/** What everything of the stack is tagged with, as far as AWS tags its kind. */
function tagsOf({ stage, tags }: Settings): Record<string, string> {
  return { ...(stage === undefined ? {} : { stage }), ...tags };
}

/** Those of the settings that functions are told. */
function ofFunctions(settings: Settings): Record<string, unknown> {
  const told = new Set(Object.keys(runtimeSettingsSchema.shape));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => told.has(name)));
}

/** What the bundles of a deployment with these settings are made of. */
export function bundleInput(settings: Settings): BundleInput {
  const { templatePath, languages, linkPath, brandName, brandColor } = settings;
  return {
    projectDirectory,
    templates: { directory: templatePath, languages },
    openapi: { linkPath },
    brand: { brandName, brandColor },
  };
}

const bundleAnew: MakeBundles = (input) => bundle(input, join(projectDirectory, 'build', 'functions'));

/** What of the context is ours: the settings, the file of settings in the older form, and which stage is meant. */
const ownContext = z.object({ meetings: z.unknown(), wacIni: z.string().optional(), stage: z.string().optional() });

/** An app that the CDK's command line did not start does not read cdk.json. */
function projectContext(): Record<string, unknown> {
  const file = join(projectDirectory, 'cdk.json');
  if (!existsSync(file)) return {};
  return z.object({ context: z.record(z.string(), z.unknown()) }).parse(JSON.parse(readFileSync(file, 'utf8'))).context;
}
