import type { Entry } from '../entries.tsx';
import { type InboxViewData, useInboxView } from '../inboxView.ts';
import { fragmentOf } from '../place.ts';
import { sectionNames } from '../sectionNames.ts';
import { EmptySection } from './empty.tsx';
import { InboxIcon } from './icon.tsx';

interface ListProps {
  readonly entries: readonly Entry[];
}

/** The list of a part, with its search. */
export function List({ entries }: ListProps) {
  const view = useInboxView();
  const { section } = view.state.place;
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="list-head">
        <h2 id="list-title">{sectionNames[section]}</h2>
        <p class="found" role="status">
          {howMany(view, entries.length)}
        </p>
        <SearchBox />
      </div>
      {entries.length > 0 ? (
        <ul class="entries">
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </ul>
      ) : (
        <None />
      )}
    </section>
  );
}

function howMany({ state, inbox }: InboxViewData, shown: number): string {
  const { total } = inbox[state.place.section];
  if (state.search.trim() !== '') return `${shown} of ${total}`;
  return shown < total ? `the newest ${shown} of ${total}` : '';
}

function SearchBox() {
  const { state, actions } = useInboxView();
  return (
    <label class="search">
      <InboxIcon name="search" />
      <span class="unseen">Search</span>
      <input
        type="search"
        id="search"
        placeholder="Search"
        autocomplete="off"
        spellcheck={false}
        value={state.search}
        onInput={({ currentTarget }) => actions.search(currentTarget.value)}
      />
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus */}
      <kbd aria-hidden={true}>/</kbd>
    </label>
  );
}

function Row({ entry }: { readonly entry: Entry }) {
  const { state } = useInboxView();
  const { section, id } = state.place;
  const isSeen = state.seen.has(`${section}/${entry.id}`);
  return (
    <li>
      <a
        class={isSeen ? 'entry' : 'entry fresh'}
        href={fragmentOf({ section, id: entry.id })}
        data-id={entry.id}
        aria-current={entry.id === id ? 'true' : undefined}
      >
        <span class="lead">{entry.lead}</span>
        <span class="words">
          <span class="top">
            <span class="title" dir="auto">
              {entry.title}
            </span>
            <span class="when">{entry.side}</span>
          </span>
          {entry.subtitle !== undefined && (
            <span class="subtitle" dir="auto">
              {entry.subtitle}
            </span>
          )}
          {entry.text !== undefined && entry.text !== '' && (
            <span class="text" dir="auto">
              {entry.text}
            </span>
          )}
          {entry.chips !== undefined && <span class="chips">{entry.chips}</span>}
        </span>
      </a>
    </li>
  );
}

function None() {
  const { search, place } = useInboxView().state;
  if (search.trim() === '') return <EmptySection section={place.section} />;
  return <p class="nothing">{`Nothing holds “${search.trim()}”.`}</p>;
}
