/** How people sign in, as the deployment says. */
export type SignInSettings =
  | { readonly kind: 'cognito'; readonly issuer: string; readonly clientId: string; readonly domain: string }
  | { readonly kind: 'oidc'; readonly issuer: string; readonly clientId: string };

/** What the console is told of its deployment, at `/settings.json`. */
export interface DeploymentSettings {
  /** The address of the API. */
  readonly api: string;
  readonly signIn: SignInSettings;
  /** IANA, of meetings that name none. */
  readonly timeZone: string;
  /** Those that letters are written in. */
  readonly languages: readonly string[];
  /** What a meeting's password may be. */
  readonly passwords: 'none' | 'digits' | 'text';
}

/** Fails where the service cannot be reached: then the page begins again by itself. */
export async function fetchSettings(): Promise<DeploymentSettings> {
  const response = await fetch('/settings.json');
  if (!response.ok) throw new Error(`The settings are answered with ${response.status}`);
  return await response.json();
}
