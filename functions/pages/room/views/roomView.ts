import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Times } from '../../shared/words/times.ts';
import type { TypedAnswer } from '../answering/answering.ts';
import type { Streams } from '../call/lines.ts';
import type { DeviceKind, Panel, Question } from '../state/state.ts';
import type { Words } from '../words/en.ts';

/** What a person can do on the page. */
export interface RoomActions {
  readonly typeName: (name: string) => void;
  readonly typePassword: (password: string) => void;
  /** Changes fields of the answer to the invitation. */
  readonly typeAnswer: (typed: Partial<TypedAnswer>) => void;
  readonly sendAnswer: () => void;
  /** Opens the fields of an answer that was given. */
  readonly changeAnswer: () => void;
  readonly join: () => void;
  readonly cancelWaiting: () => void;
  readonly leave: () => void;
  /** Asks the room's door again. */
  readonly retry: () => void;
  readonly toggle: (kind: DeviceKind) => void;
  readonly choose: (kind: DeviceKind, id: string) => void;
  readonly share: (on: boolean) => void;
  readonly openPanel: (panel: Panel) => void;
  readonly say: (text: string) => void;
  readonly admit: (id: string) => void;
  readonly refuse: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly lock: (locked: boolean) => void;
  readonly end: () => void;
  readonly ask: (question: Question | undefined) => void;
  readonly copyLink: () => void;
  readonly saveCalendarFile: () => void;
  readonly playSound: () => void;
}

/** What the views draw with, beside the state: nothing in it changes what is to be seen by itself. */
export interface RoomViewData {
  readonly words: Words;
  readonly times: Times;
  readonly actions: RoomActions;
  /** Whose service it is, where its operator says so. */
  readonly brand: string | undefined;
  /** The last part of the page's address, as a person would write it. */
  readonly identifier: string;
  /** The link is a host's. */
  readonly hosting: boolean;
  readonly canShare: boolean;
  readonly canCopy: boolean;
  /** What others are sent: it says nothing of who sends it. */
  readonly link: string;
  readonly preview: MediaStream;
  readonly streams: (id: string) => Streams | undefined;
  /** Shows the loudness of the own microphone on an element, as `--level` from 0 to 1; on none when it goes. */
  readonly showLevel: (element: HTMLElement | null) => void;
  /** Makes sure that a picture with sound is heard. */
  readonly hear: (video: HTMLVideoElement) => void;
  /** Keeps the state's stage as large as this element, until it goes. */
  readonly measure: (element: HTMLElement | null) => void;
}

export const RoomViewContext = createContext<RoomViewData | undefined>(undefined);

/** What every view of the page is drawn with. */
export function useRoomView(): RoomViewData {
  const view = useContext(RoomViewContext);
  if (!view) throw new Error('A view is drawn outside the page');
  return view;
}
