import { useInboxView } from '../inboxView.ts';
import { fragmentOf, type Section, sections } from '../place.ts';
import { sectionNames } from '../sectionNames.ts';
import { InboxIcon } from './icon.tsx';

/** The parts of the inbox with their counts, and how the service is. */
export function Navigation() {
  return (
    <header class="side">
      <div class="brand">
        <span class="mark" aria-hidden={true}>
          <InboxIcon name="mails" />
        </span>
        <h1>
          Inbox<span> of the local service</span>
        </h1>
      </div>
      <nav aria-label="Parts">
        <ul>
          {sections.map((section) => (
            <Item key={section} section={section} />
          ))}
        </ul>
      </nav>
      <Life />
    </header>
  );
}

function Item({ section }: { readonly section: Section }) {
  const { state, inbox } = useInboxView();
  const { total, items } = inbox[section];
  const fresh = items.filter((one) => 'id' in one && !state.seen.has(`${section}/${one.id}`)).length;
  const showsFresh = fresh > 0 && heralded.has(section);
  const isAlarming = section === 'denied' && total > 0;
  return (
    <li>
      <a
        href={fragmentOf({ section })}
        class={isAlarming ? 'alarming' : undefined}
        aria-current={state.place.section === section ? 'page' : undefined}
      >
        <InboxIcon name={section === 'denied' && total === 0 ? 'allowed' : section} />
        <span class="name">{sectionNames[section]}</span>
        {showsFresh && (
          <span class="dot">
            <span class="unseen">{`${fresh} new, `}</span>
          </span>
        )}
        <span class="count">{total}</span>
      </a>
    </li>
  );
}

/** What people get is worth a mark when it comes; the rest comes with it. */
const heralded = new Set<Section>(['meetings', 'mails', 'sms', 'pushes']);

function Life() {
  const { state, inbox } = useInboxView();
  return (
    <p class={`life ${state.isLive ? 'live' : 'lost'}`} role="status">
      <span class="lamp" aria-hidden={true} />
      <span class="name">{state.isLive ? `Live at ${new URL(inbox.url).host}` : 'The service does not answer'}</span>
    </p>
  );
}
