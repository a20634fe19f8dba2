import * as oauth from 'oauth4webapi';
import type { SignInSettings } from '../app/settings.ts';

/** An issuer as the console uses it. */
export interface Issuer {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  /** What is asked for. */
  readonly scope: string;
  /** Where one signs out at the issuer; undefined where it has no such place. */
  readonly signOutUrl: (idToken: string | undefined, backTo: string) => string | undefined;
}

/** Finds out how to speak to the issuer: of a user pool it is known, another issuer describes itself. */
export async function findIssuer(settings: SignInSettings): Promise<Issuer> {
  return settings.kind === 'cognito' ? userPool(settings) : await described(settings);
}

/** On a machine of one's own there is no TLS. */
export function insecure(url: string | undefined): { readonly [oauth.allowInsecureRequests]?: true } {
  return url?.startsWith('http://127.0.0.1:') ? { [oauth.allowInsecureRequests]: true } : {};
}

/** Amazon Cognito developer guide, "Managed login endpoints reference": it signs out at a path of its own. */
function userPool({ issuer, clientId, domain }: Extract<SignInSettings, { kind: 'cognito' }>): Issuer {
  return {
    server: {
      issuer,
      authorization_endpoint: `${domain}/oauth2/authorize`,
      token_endpoint: `${domain}/oauth2/token`,
      revocation_endpoint: `${domain}/oauth2/revoke`,
    },
    client: { client_id: clientId },
    scope: 'openid email phone profile',
    signOutUrl: (_, backTo) => `${domain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: backTo })}`,
  };
}

async function described({ issuer, clientId }: Extract<SignInSettings, { kind: 'oidc' }>): Promise<Issuer> {
  const url = new URL(issuer);
  const response = await oauth.discoveryRequest(url, insecure(issuer));
  const server = await oauth.processDiscoveryResponse(url, response);
  // Without it many issuers give no refresh token.
  const offline = server.scopes_supported?.includes('offline_access') ? ' offline_access' : '';
  return {
    server,
    client: { client_id: clientId },
    scope: `openid email profile${offline}`,
    signOutUrl: (idToken, backTo) => {
      if (server.end_session_endpoint === undefined) return undefined;
      // OpenID Connect RP-Initiated Logout 1.0, section 2
      const target = new URL(server.end_session_endpoint);
      target.searchParams.set('client_id', clientId);
      target.searchParams.set('post_logout_redirect_uri', backTo);
      if (idToken !== undefined) target.searchParams.set('id_token_hint', idToken);
      return target.href;
    },
  };
}
