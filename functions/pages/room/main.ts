import { createStore } from '../shared/store.ts';
import { languageFor } from '../shared/words/language.ts';
import { timesIn } from '../shared/words/times.ts';
import { preference } from './browser/preferences.ts';
import { sharedAddress } from './browser/sharedAddress.ts';
import { saveMeeting } from './calendar/saveMeeting.ts';
import { hostTokenOf, takeHostToken } from './signalling/seat.ts';
import type { PageEvent } from './state/reduce.ts';
import { reduce } from './state/reduce.ts';
import { initialState, type RoomPageState } from './state/state.ts';
import { startRendering } from './views/rendering.tsx';
import type { RoomActions, RoomViewData } from './views/roomView.ts';
import { InvitationAnswer } from './visit/invitationAnswer.ts';
import { Visit } from './visit/visit.ts';
import { fetchWords } from './words/language.ts';

const address = location.pathname;
const { language, tag } = languageFor(navigator.languages);
const words = await fetchWords(language);
document.documentElement.lang = language;
// Not before all is there: a page that begins anew finds the token in its address again.
takeHostToken(address);

const store = createStore<RoomPageState, PageEvent>(initialState(preference('name'), Date.now()), reduce);
const { dispatch } = store;
const visit = new Visit(address, store);
const invitation = new InvitationAnswer(address, store, () => void visit.open());

const actions: RoomActions = {
  typeName: (name) => dispatch({ type: 'named', name }),
  typePassword: (password) => dispatch({ type: 'passwordTyped', password }),
  typeAnswer: (typed) => dispatch({ type: 'answerTyped', typed }),
  sendAnswer: () => void invitation.send(),
  changeAnswer: () => dispatch({ type: 'answerChanging' }),
  join: () => visit.join(),
  cancelWaiting: () => visit.cancelWaiting(),
  leave: () => visit.leave(),
  retry: () => visit.retry(),
  toggle: (kind) => visit.toggle(kind),
  choose: (kind, id) => visit.choose(kind, id),
  share: (on) => void visit.media.share(on),
  openPanel: (panel) => dispatch({ type: 'panel', panel }),
  say: (text) => visit.conference?.say(text),
  admit: (id) => visit.conference?.send({ action: 'admit', id }),
  refuse: (id) => visit.conference?.send({ action: 'refuse', id }),
  remove: (id) => visit.conference?.send({ action: 'remove', id }),
  lock: (locked) => visit.conference?.send({ action: 'lock', locked }),
  end: () => visit.conference?.send({ action: 'end' }),
  ask: (question) => dispatch({ type: 'question', question }),
  copyLink: () => void visit.copyLink(),
  saveCalendarFile: () => saveMeeting(address, store.state().screen),
  playSound: () => {
    for (const video of document.querySelectorAll('video')) playSoundOf(video);
  },
};

/** Browsers play sound by themselves only where the page was used, or uses the microphone. */
function playSoundOf(video: HTMLVideoElement): void {
  video.play().then(
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

const view: RoomViewData = {
  words,
  times: timesIn(tag),
  actions,
  brand: document.querySelector<HTMLMetaElement>('meta[name=application-name]')?.content,
  identifier: identifierOf(address),
  get hosting() {
    return hostTokenOf(address) !== undefined;
  },
  canShare: navigator.mediaDevices !== undefined && 'getDisplayMedia' in navigator.mediaDevices,
  canCopy: navigator.clipboard !== undefined,
  link: location.origin + sharedAddress(address),
  preview: visit.media.preview,
  streams: (id) => visit.conference?.mesh.streams(id),
  showLevel: (element) => visit.voice.showOn(element),
  hear: playSoundOf,
  measure: (element) => {
    sizes.disconnect();
    if (element) sizes.observe(element);
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

function elementWithId(id: string): Element {
  return document.getElementById(id) ?? document.body.appendChild(document.createElement('div'));
}

startRendering(store, view, {
  page: elementWithId('page'),
  status: elementWithId('status'),
  alert: elementWithId('alert'),
});
// What comes out of the browser's cache has lost its connections.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
void visit.open();
