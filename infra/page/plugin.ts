import { join } from 'node:path';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';
import type { Brand } from './brand.ts';
import { brotliOf, buildRoomPage, type RoomPage } from './build.ts';

/** What makes the source of each module; those in `functions/rooms/page/` declare what they hold. */
const modules: Readonly<Record<string, (page: RoomPage) => string>> = {
  'virtual:roomPage': ({ document }) => `export const document = ${JSON.stringify(brotliOf(document))};`,
  'virtual:pageAssets': ({ assets }) => `export const assets = ${JSON.stringify(compressAssets(assets))};`,
};

/** `directory` holds the page's source. */
export interface RoomPageOptions {
  readonly directory: string;
  readonly brand?: Brand | undefined;
}

/** Where the project keeps the page's source. */
export function roomPageIn(projectDirectory: string): RoomPageOptions {
  return { directory: join(projectDirectory, 'functions', 'pages', 'room') };
}

/** Gives the functions' bundles `virtual:roomPage` and `virtual:pageAssets`. */
export function esbuildRoomPage({ directory, brand }: RoomPageOptions): EsbuildPlugin {
  return {
    name: 'roomPage',
    setup(build) {
      let page: Promise<RoomPage> | undefined;
      build.onResolve({ filter: /^virtual:(roomPage|pageAssets)$/ }, ({ path }) => ({ path, namespace: 'roomPage' }));
      build.onLoad({ filter: /.*/, namespace: 'roomPage' }, async ({ path }) => {
        page ??= buildRoomPage(directory, brand);
        return { contents: modules[path]?.(await page) ?? '', loader: 'js' };
      });
    },
  };
}

/** Gives tests the same. */
export function viteRoomPage({ directory }: RoomPageOptions): VitePlugin {
  return {
    name: 'roomPage',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    async load(id) {
      const source = modules[id.slice(1)];
      if (!id.startsWith('\0') || source === undefined) return undefined;
      const page = await buildRoomPage(directory);
      for (const file of page.sources) this.addWatchFile(file);
      return source(page);
    },
  };
}

function compressAssets(assets: RoomPage['assets']): Record<string, { contentType: string; brotli: string }> {
  return Object.fromEntries(
    assets.map(({ name, contentType, text }) => [name, { contentType, brotli: brotliOf(text) }]),
  );
}
