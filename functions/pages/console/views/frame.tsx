import type { ComponentChildren } from 'preact';
import { Icon } from '../../shared/views/icon.tsx';
import { isAdmin, maySchedule, useConsole } from '../app/consoleView.ts';
import type { Place } from '../app/place.ts';

/** What is around every screen: where one is, and where else one can go. */
export function Frame({ place, children }: { readonly place: Place; readonly children: ComponentChildren }) {
  const { words, me } = useConsole();
  const { navigation } = words;
  const current = sectionOf(place);
  const link = (href: string, section: string, text: string) => (
    <a href={href} aria-current={current === section ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="top">
        <nav aria-label={navigation.label}>
          {link('/', 'meetings', navigation.meetings)}
          {isAdmin(me) && link('/directory', 'directory', navigation.directory)}
          {isAdmin(me) && link('/webhooks', 'webhooks', navigation.webhooks)}
          {link('/you', 'self', navigation.self)}
        </nav>
        {maySchedule(me) && current !== 'schedule' && (
          <a class="button primary" href="/schedule">
            <Icon name="plus" />
            <span>{navigation.schedule}</span>
          </a>
        )}
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function sectionOf({ at }: Place): string | undefined {
  if (at === 'schedule' || at === 'self') return at;
  if (at === 'directory' || at === 'user') return 'directory';
  if (at === 'webhooks' || at === 'webhook') return 'webhooks';
  return at === 'nowhere' ? undefined : 'meetings';
}
