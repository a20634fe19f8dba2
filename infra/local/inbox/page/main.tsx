import { render } from 'preact';
import type { Inbox } from '../inbox.ts';
import { type Entry, entriesOf } from './entries.tsx';
import { fetchMail, follow } from './following.ts';
import type { InboxActions } from './inboxView.ts';
import { listenToKeys } from './keys.ts';
import { fragmentOf, type Place, placeOf, sections } from './place.ts';
import { entriesMatching } from './selection.ts';
import type { InboxPageState } from './state.ts';
import { Frame } from './views/frame.tsx';

const root = document.getElementById('inbox') ?? document.body;
const isWide = window.matchMedia('(min-width: 721px)');

let state: InboxPageState = {
  inbox: undefined,
  isLive: true,
  place: placeOf(location.hash),
  search: '',
  mails: new Map(),
  seen: new Set(),
  copied: undefined,
  now: Date.now(),
};

const actions: InboxActions = {
  search: (search) => changeState({ search }),
  copy: async (text) => {
    await navigator.clipboard.writeText(text);
    changeState({ copied: text });
    setTimeout(() => state.copied === text && changeState({ copied: undefined }), 2_000);
  },
};

function changeState(changes: Partial<InboxPageState>): void {
  state = { ...state, ...changes, now: Date.now() };
  drawInbox();
}

function drawInbox(): void {
  render(<Frame state={state} entries={shownEntries()} actions={actions} />, root);
}

function shownEntries(): readonly Entry[] {
  const { inbox, place, search, now } = state;
  return inbox === undefined ? [] : entriesMatching(entriesOf(place.section, inbox, now), search);
}

/** Goes to a place; what is opened there counts as seen. */
function goTo(place: Place): void {
  const search = place.section === state.place.section ? state.search : '';
  const seen = place.id === undefined ? state.seen : new Set([...state.seen, `${place.section}/${place.id}`]);
  changeState({ place, search, seen });
  root.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  chooseFirst();
  void openMail();
}

/** Beside a list there is something of it, from the beginning. */
function chooseFirst(): void {
  const [first] = shownEntries();
  if (!isWide.matches || state.place.id !== undefined || first === undefined) return;
  chooseEntry(first);
}

function chooseEntry({ id }: Pick<Entry, 'id'>): void {
  const place: Place = { section: state.place.section, id, tab: state.place.tab };
  history.replaceState(null, '', fragmentOf(place));
  goTo(place);
}

async function openMail(): Promise<void> {
  const { section, id } = state.place;
  if (section !== 'mails' || id === undefined || state.mails.has(id)) return;
  const content = await fetchMail(id);
  if (content !== undefined) changeState({ mails: new Map([...state.mails, [id, content]]) });
}

/** What was there before the page is not new. */
function receive(inbox: Inbox): void {
  const isFirst = state.inbox === undefined;
  changeState({ inbox, seen: isFirst ? allOf(inbox) : state.seen });
  if (state.place.id === undefined) chooseFirst();
  if (isFirst) void openMail();
}

function allOf(inbox: Inbox): Set<string> {
  return new Set(
    sections.flatMap((section) => entriesOf(section, inbox, state.now).map(({ id }) => `${section}/${id}`)),
  );
}

window.addEventListener('hashchange', () => goTo(placeOf(location.hash)));
isWide.addEventListener('change', chooseFirst);
listenToKeys({
  entries: shownEntries,
  chosen: () => state.place.id,
  choose: (entry) => {
    if (isWide.matches) chooseEntry(entry);
  },
  leave: () => {
    if (state.search !== '') changeState({ search: '' });
    else if (!isWide.matches) location.hash = fragmentOf({ section: state.place.section });
  },
});
setInterval(() => !document.hidden && changeState({}), 1_000);
follow(receive, (isLive) => isLive !== state.isLive && changeState({ isLive }));
drawInbox();
