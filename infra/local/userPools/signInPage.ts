import type { LocalUser } from '../tokens/localUsers.ts';

/** The page on which one of the local users is chosen; it has no password. */
export function signInPage(users: readonly LocalUser[], query: string): string {
  const rows = users.map(
    ({ username, name, email, capabilities }) => `<li><button name="username" value="${escaped(username)}">
<strong>${escaped(name)}</strong>
<span>${escaped(email)}</span>
<span>${escaped(capabilities.join(', ')) || 'no capabilities'}</span>
</button></li>`,
  );
  return page(`<h1>Sign in</h1>
<p>This machine stands in for the sign-in pages of Cognito: choose who you are, without a password.</p>
<form method="post" action="/login?${escaped(query)}"><ul>${rows.join('\n')}</ul></form>`);
}

export function faultPage(message: string): string {
  return page(`<h1>Sign in</h1><p role="alert">${escaped(message)}</p>`);
}

/** What the pages may do: nothing but to be sent; a form's answer leads on to where people came from. */
export const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign in</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f3f4f6, #111418); color: light-dark(#161b24, #eef1f5); }
main { box-sizing: border-box; width: min(440px, 100% - 32px); margin: 12vh auto 32px; padding: 32px; border-radius: 20px;
  border: 1px solid light-dark(#dfe3e9, #2c333d); background: light-dark(#fff, #1a1f26); }
h1 { margin: 0 0 8px; font-size: 26px; }
ul { display: grid; gap: 12px; margin: 24px 0 0; padding: 0; list-style: none; }
button { display: grid; width: 100%; padding: 12px 16px; border: 1px solid light-dark(#868f9c, #748091); border-radius: 10px;
  background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
button:hover, button:focus-visible { border-color: light-dark(#2252c4, #9dbcff); }
span, p { margin: 0; color: light-dark(#545f6e, #a9b4c2); font-size: 15px; }
</style>
</head>
<body><main>${content}</main></body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
