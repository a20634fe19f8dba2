/** What the bundler makes of the page's source: a constant document, and the assets that it names. */
declare module 'virtual:roomPage' {
  /** The document, compressed by brotli, in base64. */
  export const document: string;
}

declare module 'virtual:pageAssets' {
  /** By name: `QX3K2ZAB.js`. */
  export const assets: Readonly<Record<string, { readonly contentType: string; readonly brotli: string }>>;
}
