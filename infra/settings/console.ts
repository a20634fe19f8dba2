import { originWith } from './addresses.ts';
import { textMatching, yesOrNo } from './kinds.ts';
import { manual } from './manual.ts';
import { certificateArn } from './references.ts';

/** The page on which people schedule. */
export const consolePage = {
  console: yesOrNo.default(true).register(manual, {
    meaning:
      'Whether there is a page on which people schedule and manage meetings. With `issuer` it needs `consoleClientId` too.',
    values: '`true` or `false`',
    example: false,
  }),
  consoleHost: originWith(['https'], 'https://console.example.org').optional().register(manual, {
    meaning:
      'The host of the console. It has an origin of its own, and cannot share `linkHost`: rooms show what strangers write.',
    values: 'an https:// address without path',
    example: 'https://console.example.org',
    blank: "the console API's own address",
  }),
  consoleCertificateArn: certificateArn.optional().register(manual, {
    meaning: 'The certificate with which the stack makes `consoleHost` its own domain.',
    values: 'the ARN of an ACM certificate in the same region',
    example: 'arn:aws:acm:eu-west-1:111122223333:certificate/55556666-7777-8888-9999-000011112222',
  }),
  consoleClientId: textMatching(/^\S+$/, 'Must be text without blanks.').optional().register(manual, {
    meaning:
      "The console's client at your own `issuer`: public, with code and PKCE, and the console's address as where it returns to. It joins `audience`.",
    values: 'text',
    example: 'meetings-console',
    blank: "the stack's own user pool has a client for it",
  }),
};

/** Whether there is a console: with an issuer of one's own only where that knows it. */
export function hasConsole(settings: {
  readonly console: boolean;
  readonly issuer?: string | undefined;
  readonly consoleClientId?: string | undefined;
}): boolean {
  return settings.console && (settings.issuer === undefined || settings.consoleClientId !== undefined);
}
