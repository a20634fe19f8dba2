import type { Entry } from '../entries.tsx';
import { type InboxActions, InboxViewContext } from '../inboxView.ts';
import type { InboxPageState } from '../state.ts';
import { Detail } from './detail.tsx';
import { List } from './list.tsx';
import { Navigation } from './navigation.tsx';

interface FrameProps {
  readonly state: InboxPageState;
  /** The lines of the list, those that are searched for. */
  readonly entries: readonly Entry[];
  readonly actions: InboxActions;
}

/** The whole page: what there is, a list of one kind, and one of the list. */
export function Frame({ state, entries, actions }: FrameProps) {
  const { inbox, place } = state;
  if (inbox === undefined) return <Waiting isLive={state.isLive} />;
  const isEmpty = inbox[place.section].total === 0;
  return (
    <InboxViewContext.Provider value={{ state, inbox, actions }}>
      <div class="frame" data-showing={place.id === undefined ? 'list' : 'detail'}>
        <Navigation />
        <main class={isEmpty ? 'panes alone' : 'panes'}>
          <List key={place.section} entries={entries} />
          {!isEmpty && <Detail key={`${place.section}/${place.id}`} />}
        </main>
      </div>
    </InboxViewContext.Provider>
  );
}

function Waiting({ isLive }: Pick<InboxPageState, 'isLive'>) {
  return (
    <main class="waiting">
      <h1>Inbox of the local service</h1>
      <p role="status">{isLive ? 'Reading …' : 'The service does not answer. See runner.log in its state folder.'}</p>
    </main>
  );
}
