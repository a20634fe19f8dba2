import { join } from 'node:path';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';
import { buildRoomPage, type RoomPage } from './build.ts';

const virtualModule = 'virtual:roomPage';

/** `directory` holds the page's source. */
export interface RoomPageOptions {
  readonly directory: string;
}

/** Where the project keeps the page's source. */
export function roomPageIn(projectDirectory: string): RoomPageOptions {
  return { directory: join(projectDirectory, 'functions', 'pages', 'room') };
}

/** Gives the functions' bundles `virtual:roomPage`. */
export function esbuildRoomPage({ directory }: RoomPageOptions): EsbuildPlugin {
  return {
    name: 'roomPage',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${virtualModule}$`) }, ({ path }) => ({ path, namespace: 'roomPage' }));
      build.onLoad({ filter: /.*/, namespace: 'roomPage' }, async () => ({
        contents: roomPageModule(await buildRoomPage(directory)),
        loader: 'js',
      }));
    },
  };
}

/** Gives tests the same. */
export function viteRoomPage({ directory }: RoomPageOptions): VitePlugin {
  const resolved = `\0${virtualModule}`;
  return {
    name: 'roomPage',
    resolveId: (id) => (id === virtualModule ? resolved : undefined),
    async load(id) {
      if (id !== resolved) return undefined;
      const page = await buildRoomPage(directory);
      for (const source of page.sources) this.addWatchFile(source);
      return roomPageModule(page);
    },
  };
}

/** The source of the module `virtual:roomPage`; `functions/rooms/virtualRoomPage.d.ts` says what it holds. */
export function roomPageModule(page: RoomPage): string {
  return [
    `export const brotli = ${JSON.stringify(page.brotli.toString('base64'))};`,
    `export const gzip = ${JSON.stringify(page.gzip.toString('base64'))};`,
    `export const contentSecurityPolicy = (socketUrl) => ${JSON.stringify(policyBefore(page))} + new URL(socketUrl).origin;`,
  ].join('\n');
}

/**
 * The policy up to the last source of `connect-src`. Trusted Types are required and none are made: whatever
 * would turn text into markup fails, so that a name or a chat line cannot become any.
 */
function policyBefore({ script, style }: RoomPage): string {
  return [
    "default-src 'none'",
    `script-src ${script}`,
    `style-src ${style}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "connect-src 'self' ",
  ].join('; ');
}
