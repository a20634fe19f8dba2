import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Inbox } from '../inbox.ts';
import type { State } from './state.ts';

/** What the views may ask for. */
export interface Actions {
  readonly search: (text: string) => void;
  readonly copy: (text: string) => void;
}

/** What the views draw, once the service has answered. */
export interface Scene {
  readonly state: State;
  readonly inbox: Inbox;
  readonly actions: Actions;
}

export const SceneContext = createContext<Scene | undefined>(undefined);

/** The scene that every view of the page is drawn in. */
export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error('A view is drawn outside the page');
  return scene;
}
