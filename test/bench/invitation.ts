import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { esbuildTemplates } from '../../infra/templates/plugin.ts';
import { type Comparison, compare } from './ratio.ts';

const mails = 300;
const pairs = 9;

/** What one mail costs until SES gets it: rendered, its calendar addressed, composed. */
export async function invitations(templates: string, directory: string): Promise<Comparison[]> {
  const { shipped, perInvitation } = await loadWork(templates, directory);
  await shipped(mails);
  const microseconds = (work: (count: number) => Promise<void>, count: number) => async () => {
    const begun = process.hrtime.bigint();
    await work(count);
    return Number(process.hrtime.bigint() - begun) / 1e3 / count;
  };
  return [
    await compare(
      {
        name: 'one invitation',
        subject: 'as shipped',
        baseline: 'templates and calendar made for each mail',
        unit: 'µs',
        pairs,
      },
      microseconds(shipped, mails),
      microseconds((count) => perInvitation(count, templates), mails / 10),
    ),
  ];
}

/** The workload needs the compiled templates, which only a bundler gives. */
async function loadWork(templates: string, directory: string): Promise<typeof import('./invitationWork.ts')> {
  const outfile = join(directory, 'invitationWork.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'invitationWork.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [esbuildTemplates({ directory: templates, languages: ['en'] })],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
