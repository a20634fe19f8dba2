import { render } from 'preact';
import type { Store } from '../../shared/store.ts';
import { fieldOf } from '../answering/answering.ts';
import { nameOf, type PageEvent } from '../state/reduce.ts';
import { isPasswordRefusal, type RoomPageState } from '../state/state.ts';
import { announcementOf } from '../words/announcement.ts';
import { Page } from './page.tsx';
import { RoomViewContext, type RoomViewData } from './roomView.ts';

/** The elements that the page's document has for it. */
export interface Places {
  readonly page: Element;
  /** Said when the screen reader has nothing else to say, and shown for a moment. */
  readonly status: Element;
  /** Said at once. */
  readonly alert: Element;
}

/** Milliseconds that an announcement is shown: as long as it takes to look up, and to read it. */
const shownFor = (text: string) => 4_000 + 50 * text.length;

/** Draws the state after every change of it, moves the focus to where things go on, and announces what happened. */
export function startRendering(store: Store<RoomPageState, PageEvent>, view: RoomViewData, places: Places): void {
  let due = false;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    due = false;
    const state = store.state();
    document.title = titleOf(state, view);
    render(
      <RoomViewContext.Provider value={view}>
        <Page state={state} />
      </RoomViewContext.Provider>,
      places.page,
    );
  };
  store.subscribe((event, before, after) => {
    if (!due) queueMicrotask(draw);
    due = true;
    queueMicrotask(() => moveFocus(event, before, after));
    const urgent = isOffline(after) && !isOffline(before);
    if (urgent || isOffline(after) !== isOffline(before)) places.alert.textContent = urgent ? view.words.offline : '';
    const text = announcementOf(event, before, after, view);
    if (text === undefined) return;
    places.status.textContent = text;
    // Whoever sees that they came in, or that something else is there now, needs no words for it.
    places.status.toggleAttribute('data-shown', before.screen.at === after.screen.at);
    clearTimeout(hiding);
    hiding = setTimeout(() => places.status.replaceChildren(), shownFor(text));
  });
  // What the document said while the page was on its way.
  places.page.replaceChildren();
  draw();
}

function titleOf({ screen }: RoomPageState, { words, identifier, brand }: RoomViewData): string {
  const unread = screen.at === 'room' && screen.conference.unread > 0 ? `(${screen.conference.unread}) ` : '';
  const name = nameOf(screen) ?? (screen.at === 'lobby' || screen.at === 'room' ? identifier : undefined);
  const service = brand ?? words.pageTitle;
  return name === undefined ? service : `${unread}${name} – ${service}`;
}

function isOffline({ screen }: RoomPageState): boolean {
  return screen.at === 'room' && !screen.conference.online;
}

function moveFocus(event: PageEvent, before: RoomPageState, after: RoomPageState): void {
  const selector = focusAfter(event, before, after);
  const element = selector === undefined ? null : document.querySelector(selector);
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}

/** Where the focus goes when what had it is gone, or something opens that wants it. */
function focusAfter(event: PageEvent, before: RoomPageState, after: RoomPageState): string | undefined {
  if (event.type === 'panel' && event.panel === 'none') {
    return before.screen.at === 'room' ? `#control-${before.screen.conference.panel}` : undefined;
  }
  if (event.type === 'panel') return event.panel === 'chat' ? '#message' : '#panel .icon-button';
  if (event.type === 'refused') {
    // Another try that the page made by itself takes the focus from nothing.
    if (before.screen.at === 'lobby' && !before.screen.joining) return undefined;
    if (isPasswordRefusal(event.refusal)) return '#password';
    return event.refusal === 'name' || event.refusal === 'name-needed' ? '#name' : '.join .button';
  }
  if (event.type === 'answerRefused') {
    const field = fieldOf(event.fault);
    if (field === 'status') return '.answering [type=radio]';
    return field ? `#answer-${field}` : '.answering .button';
  }
  if (event.type === 'answerKept') return event.invitation.given ? '#answer' : '.answering [type=radio]';
  if (event.type === 'answerChanging') return '.answering :checked';
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (before.screen.at === after.screen.at || before.screen.at === 'loading' || !lost) return undefined;
  return after.screen.at === 'waiting' ? '#waiting' : '#title';
}
