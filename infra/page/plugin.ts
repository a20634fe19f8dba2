import { join } from 'node:path';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';
import type { Brand } from './brand.ts';
import { brotliOf, buildPage, type Page } from './build.ts';

/** The source of a module, made of a page; a `*.d.ts` beside who imports it declares what it holds. */
interface PageModule {
  /** The page's folder within `functions/pages/`. */
  readonly page: string;
  readonly source: (page: Page) => string;
}

const documentOf = ({ document }: Page) => `export const document = ${JSON.stringify(brotliOf(document))};`;
const assetsOf = ({ assets }: Page) => `export const assets = ${JSON.stringify(compressAssets(assets))};`;

const modules: Readonly<Record<string, PageModule>> = {
  'virtual:roomPage': { page: 'room', source: documentOf },
  'virtual:pageAssets': { page: 'room', source: assetsOf },
  'virtual:consolePage': { page: 'console', source: documentOf },
  'virtual:consoleAssets': { page: 'console', source: assetsOf },
};

/** `directory` holds the sources of the pages, a folder for each. */
export interface PagesOptions {
  readonly directory: string;
  readonly brand?: Brand | undefined;
}

/** Where the project keeps the pages' sources. */
export function pagesIn(projectDirectory: string): PagesOptions {
  return { directory: join(projectDirectory, 'functions', 'pages') };
}

/** Gives the functions' bundles the document of each page, and its assets. */
export function esbuildPages({ directory, brand }: PagesOptions): EsbuildPlugin {
  return {
    name: 'pages',
    setup(build) {
      const built = new Map<string, Promise<Page>>();
      const pageOf = (name: string) => {
        const page = built.get(name) ?? buildPage(join(directory, name), brand);
        built.set(name, page);
        return page;
      };
      const filter = new RegExp(`^(${Object.keys(modules).join('|')})$`);
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'pages' }));
      build.onLoad({ filter: /.*/, namespace: 'pages' }, async ({ path }) => {
        const module = modules[path];
        return { contents: module === undefined ? '' : module.source(await pageOf(module.page)), loader: 'js' };
      });
    },
  };
}

/** Gives tests the same. */
export function vitePages({ directory }: PagesOptions): VitePlugin {
  return {
    name: 'pages',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    async load(id) {
      const module = modules[id.slice(1)];
      if (!id.startsWith('\0') || module === undefined) return undefined;
      const page = await buildPage(join(directory, module.page));
      for (const file of page.sources) this.addWatchFile(file);
      return module.source(page);
    },
  };
}

function compressAssets(assets: Page['assets']): Record<string, { contentType: string; brotli: string }> {
  return Object.fromEntries(
    assets.map(({ name, contentType, text }) => [name, { contentType, brotli: brotliOf(text) }]),
  );
}
