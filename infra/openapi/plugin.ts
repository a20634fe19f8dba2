import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';
import { openapiDocument } from '../../functions/openapi/document.ts';
import { sha256 } from '../../functions/runtime/digest.ts';

const virtualModule = 'virtual:openapi';

/** What the paths of meeting links begin with. */
export type OpenapiOptions = { readonly linkPath: string };

/** Gives the functions' bundles `virtual:openapi`. */
export function esbuildOpenapi(options: OpenapiOptions): EsbuildPlugin {
  return {
    name: 'openapi',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${virtualModule}$`) }, ({ path }) => ({ path, namespace: 'openapi' }));
      build.onLoad({ filter: /.*/, namespace: 'openapi' }, () => ({
        contents: openapiModule(options),
        loader: 'js',
      }));
    },
  };
}

/** Gives tests the same. */
export function viteOpenapi(options: OpenapiOptions): VitePlugin {
  const resolved = `\0${virtualModule}`;
  return {
    name: 'openapi',
    resolveId: (id) => (id === virtualModule ? resolved : undefined),
    load: (id) => (id === resolved ? openapiModule(options) : undefined),
  };
}

/** The source of the module `virtual:openapi`; `functions/openapi/virtualOpenapi.d.ts` says what it holds. */
export function openapiModule({ linkPath }: OpenapiOptions): string {
  const text = JSON.stringify(openapiDocument(linkPath));
  const hash = sha256(text).slice(0, 22);
  return [
    `export const text = ${JSON.stringify(text)};`,
    `export const entityTag = ${JSON.stringify(`"${hash}"`)};`,
  ].join('\n');
}
