/** What the bundler makes of the page's source: one constant file, compressed. */
declare module 'virtual:roomPage' {
  /** The page, compressed as its name says, in base64: as a Lambda function's reply holds it. */
  export const brotli: string;
  export const gzip: string;
  /** The page's Content-Security-Policy: its own script and style by hash, this origin, and the rooms' sockets. */
  export function contentSecurityPolicy(socketUrl: string): string;
}
