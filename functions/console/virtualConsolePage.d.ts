/** What the bundler makes of the console's source: a constant document, and the assets that it names. */
declare module 'virtual:consolePage' {
  /** The document, compressed by brotli, in base64. */
  export const document: string;
}

declare module 'virtual:consoleAssets' {
  /** By name: `QX3K2ZAB.js`. */
  export const assets: Readonly<Record<string, { readonly contentType: string; readonly brotli: string }>>;
}
