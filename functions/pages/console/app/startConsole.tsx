import { render } from 'preact';
import { Session } from '../signIn/session.ts';
import { tokenStorage } from '../signIn/tokens.ts';
import type { Words } from '../words/en.ts';
import { App } from './app.tsx';
import type { DeploymentSettings } from './settings.ts';

/** Milliseconds that an announcement is shown: as long as it takes to look up, and to read it. */
const shownFor = (text: string) => 4_000 + 50 * text.length;

/** Takes in who comes back from signing in, and draws the console. */
export async function startConsole(words: Words, tag: string, settings: DeploymentSettings): Promise<void> {
  const storage = sessionStorage;
  const session = new Session(settings.signIn, tokenStorage(storage), `${location.origin}/`);
  let failed = false;
  try {
    const returnTo = await session.complete(new URL(location.href));
    if (returnTo !== undefined) history.replaceState(null, '', returnTo);
  } catch {
    failed = true;
    history.replaceState(null, '', '/');
  }
  document.title = words.title;
  const page = elementWithId('page');
  page.replaceChildren();
  render(
    <App {...{ words, tag, settings, session, storage, failed, say: announcer(elementWithId('status')) }} />,
    page,
  );
}

function announcer(place: Element): (text: string) => void {
  let hiding: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(hiding);
    place.textContent = text;
    hiding = setTimeout(() => place.replaceChildren(), shownFor(text));
  };
}

function elementWithId(id: string): Element {
  return document.getElementById(id) ?? document.body.appendChild(document.createElement('div'));
}
