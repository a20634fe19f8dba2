import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, formatMessages } from 'esbuild';
import { esbuildOpenapi, type OpenapiOptions } from './openapi/plugin.ts';
import type { Brand } from './page/brand.ts';
import { esbuildPages, pagesIn } from './page/plugin.ts';
import { esbuildTemplates, type TemplatesOptions } from './templates/plugin.ts';

// esbuild is a Go program that ends soon: collecting its garbage less often saves a fifth of its work.
process.env.GOGC ??= '800';

/** Where a handler's bundle lies, as an asset of its own. */
export type Bundles = (handler: string) => string;

/** What the bundles are made of. */
export interface BundleInput {
  readonly projectDirectory: string;
  readonly templates: TemplatesOptions;
  readonly openapi: OpenapiOptions;
  readonly brand?: Brand | undefined;
}

/**
 * Bundles every Lambda entry point of `functions/`, the AWS SDK included: what Lambda runs is what was
 * tested, and it loads in half the time of the runtime's own SDK.
 *
 * @param outputDirectory receives one folder per handler, in the place of what it held
 * @throws BuildFailure, which says all that is wrong
 */
export async function bundle(input: BundleInput, outputDirectory: string): Promise<Bundles> {
  const { projectDirectory, templates, openapi, brand } = input;
  const functions = join(projectDirectory, 'functions');
  const entries = join(functions, 'handlers');
  const handlers = handlersIn(entries);
  rmSync(outputDirectory, { recursive: true, force: true });
  const { warnings } = await build({
    entryPoints: handlers.map((handler) => ({
      in: join(entries, `${handler}.handler.ts`),
      out: `${assetNameOfHandler(handler)}/index`,
    })),
    outdir: outputDirectory,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // The packages' CommonJS is half as large again, and takes half as long again to load.
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': join(functions, 'runtime', 'substitutes', 'credentials.ts'),
      'mime-db': join(functions, 'runtime', 'substitutes', 'noMimeTypes.ts'),
    },
    plugins: [
      esbuildTemplates(templates),
      esbuildPages({ ...pagesIn(projectDirectory), brand }),
      esbuildOpenapi(openapi),
    ],
    legalComments: 'none',
    logLevel: 'silent', // whoever waits for the bundles says what fails
  });
  for (const warning of await formatMessages(warnings, { kind: 'warning' })) console.warn(warning);
  for (const handler of handlers) markCommonJs(join(outputDirectory, assetNameOfHandler(handler)));
  return bundlesIn(outputDirectory);
}

/** Bundles that were made before. */
export function bundlesIn(directory: string): Bundles {
  return (handler) => join(directory, assetNameOfHandler(handler));
}

/** Every Lambda entry point, named by its path without `.handler.ts`. */
function handlersIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.handler.ts'))
    .map((file) => relative('.', file).replace(/\.handler\.ts$/, ''))
    .sort();
}

function assetNameOfHandler(handler: string): string {
  return handler.replaceAll('/', '-');
}

/** An ES module of the same code takes longer to load: `import 'node:http'` alone costs as much as the SDK. */
function markCommonJs(directory: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"type":"commonjs"}\n');
}
