import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';
import { readOrganizerTemplates, readTemplates } from './folder.ts';
import { templatesModule } from './substitutes.ts';

const virtualModule = 'virtual:templates';

/** `directory` holds the folders `email`, `sms` and `organizer`; of the languages the first serves whoever speaks none of them. */
export interface TemplatesOptions {
  readonly directory: string;
  readonly languages: readonly string[];
}

/** Gives the functions' bundles `virtual:templates`. */
export function esbuildTemplates({ directory, languages }: TemplatesOptions): EsbuildPlugin {
  return {
    name: 'templates',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${virtualModule}$`) }, ({ path }) => ({ path, namespace: 'templates' }));
      build.onLoad({ filter: /.*/, namespace: 'templates' }, async () => ({
        contents: await templatesModule(
          readTemplates(directory, languages),
          readOrganizerTemplates(directory, languages),
          languages,
        ),
        loader: 'js',
      }));
    },
  };
}

/** Gives tests the same. */
export function viteTemplates({ directory, languages }: TemplatesOptions): VitePlugin {
  const resolved = `\0${virtualModule}`;
  return {
    name: 'templates',
    resolveId: (id) => (id === virtualModule ? resolved : undefined),
    async load(id) {
      if (id !== resolved) return undefined;
      const folder = readTemplates(directory, languages);
      const organizer = readOrganizerTemplates(directory, languages);
      for (const { templates, partials } of [folder, organizer])
        for (const { file } of [...templates, ...partials]) this.addWatchFile(file);
      return await templatesModule(folder, organizer, languages);
    },
  };
}
