import { preference } from './preferences.ts';
import type { PageEvent } from './reduce.ts';
import { reduce } from './reduce.ts';
import { startRendering } from './rendering.ts';
import { RoomPage } from './roomPage.ts';
import { hostTokenOf, takeHostToken } from './seat.ts';
import { initialState, type State } from './state.ts';
import { createStore } from './store.ts';
import { timesIn } from './times.ts';
import type { Actions, Scene } from './views/scene.ts';
import { languageFor } from './words/language.ts';

const address = location.pathname;
takeHostToken(address);
const { words, tag } = languageFor(navigator.languages);
document.documentElement.lang = words.language;

const store = createStore<State, PageEvent>(initialState(preference('name'), Date.now()), reduce);
const { dispatch } = store;
const page = new RoomPage(address, store);

const actions: Actions = {
  typeName: (name) => dispatch({ type: 'named', name }),
  join: () => page.join(),
  cancelWaiting: () => page.cancelWaiting(),
  leave: () => page.leave(),
  retry: () => void page.open(),
  toggle: (kind) => page.toggle(kind),
  choose: (kind, id) => page.choose(kind, id),
  share: (on) => void page.media.share(on),
  openPanel: (panel) => dispatch({ type: 'panel', panel }),
  say: (text) => page.conference?.send({ action: 'chat', text }),
  admit: (id) => page.conference?.send({ action: 'admit', id }),
  refuse: (id) => page.conference?.send({ action: 'refuse', id }),
  remove: (id) => page.conference?.send({ action: 'remove', id }),
  lock: (locked) => page.conference?.send({ action: 'lock', locked }),
  end: () => page.conference?.send({ action: 'end' }),
  ask: (question) => dispatch({ type: 'question', question }),
  copyLink: () => void page.copyLink(),
  saveCalendarFile: () => page.saveCalendarFile(),
  playSound: () => {
    for (const video of document.querySelectorAll('video')) hear(video);
  },
};

/** Browsers play sound by themselves only where the page was used, or uses the microphone. */
function hear(element: Element): void {
  if (!(element instanceof HTMLVideoElement)) return;
  element.play().then(
    () => dispatch({ type: 'silenced', silenced: false }),
    (error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        dispatch({ type: 'silenced', silenced: true });
    },
  );
}

const sizes = new ResizeObserver(([entry]) => {
  if (!entry) return;
  const { width, height } = entry.contentRect;
  dispatch({ type: 'resized', stage: { width, height } });
});

const scene: Scene = {
  words,
  times: timesIn(tag),
  actions,
  identifier: identifierOf(address),
  get hosting() {
    return hostTokenOf(address) !== undefined;
  },
  canShare: navigator.mediaDevices !== undefined && 'getDisplayMedia' in navigator.mediaDevices,
  preview: page.media.preview,
  streams: (id) => page.conference?.mesh.streams(id),
  showLevel: (element) => page.showLevel(element),
  hear,
  measure: (element) => {
    sizes.disconnect();
    sizes.observe(element);
  },
};

function identifierOf(path: string): string {
  const segment = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function place(id: string): Element {
  return document.getElementById(id) ?? document.body.appendChild(document.createElement('div'));
}

startRendering(store, scene, { page: place('page'), status: place('status'), alert: place('alert') });
// What comes out of the browser's cache has lost its connections.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
void page.open();
