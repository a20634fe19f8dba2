import * as z from 'zod/mini';

const issuer = { issuer: z.string(), clientId: z.string() };

/** What the console is told of the deployment; the stack writes it, as JSON, into `CONSOLE`, and its page asks for it. */
export const consoleSettingsSchema = z.object({
  /** The address of the API. */
  api: z.string(),
  signIn: z.discriminatedUnion('kind', [
    /** A user pool; its sign-in pages are at `domain`. */
    z.object({ kind: z.literal('cognito'), ...issuer, domain: z.string() }),
    /** An issuer that describes itself at `/.well-known/openid-configuration`. */
    z.object({ kind: z.literal('oidc'), ...issuer }),
  ]),
  /** IANA, of meetings that name none. */
  timeZone: z.string(),
  /** Those that letters are written in; the first serves where nobody says another. */
  languages: z.readonly(z.array(z.string())),
  /** What a meeting's password may be. */
  passwords: z.enum(['none', 'digits', 'text']),
});

export type ConsoleSettings = Readonly<z.output<typeof consoleSettingsSchema>>;
