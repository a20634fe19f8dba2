/** A page whose one script and one style are known by their digests, as `'sha256-…'`. */
export interface InboxPage {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/**
 * The policy of the inbox itself. Trusted Types are required and none are made: whatever would turn
 * text into markup fails, so that a name or a subject cannot become any.
 */
export function pagePolicy({ script, style }: Pick<InboxPage, 'script' | 'style'>): string {
  return [
    "default-src 'none'",
    `script-src ${script}`,
    `style-src ${style}`,
    "connect-src 'self'",
    "frame-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** A link of a mail opens beside the inbox; all else that a page may do, a mail may not. */
export const mailSandbox = 'allow-popups allow-popups-to-escape-sandbox';

/** The policy of a mail's html, which holds wherever it is opened: its own styles, images that it brings, and nothing else. */
export const mailPolicy = [
  `sandbox ${mailSandbox}`,
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** Mail programs open links elsewhere, and so does this; at its end the addition leaves the mail's document type first. */
export function mailPage(html: string): string {
  return `${html}<base target="_blank">`;
}
