import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Times } from '../../shared/words/times.ts';
import type { ApiClient } from '../api/apiClient.ts';
import type { Me } from '../api/replies.ts';
import type { Words } from '../words/en.ts';
import type { DeploymentSettings } from './settings.ts';

/** What every screen is drawn with. */
export interface ConsoleView {
  readonly words: Words;
  /** The tag by which dates and times are written: the reader's own variety of the language. */
  readonly tag: string;
  readonly times: Times;
  /** The zone of whoever looks at it, IANA. */
  readonly ownZone: string;
  readonly settings: DeploymentSettings;
  readonly api: ApiClient;
  readonly me: Me;
  readonly storage: Storage;
  /** Goes to a place of the console. */
  readonly go: (path: string) => void;
  /** Says what happened, to those who see it and to those who hear it. */
  readonly say: (text: string) => void;
  readonly signOut: () => void;
  /** Whoever is shown a screen is signed out; what is typed stays. */
  readonly onSignedOut: () => void;
}

const Context = createContext<ConsoleView | undefined>(undefined);

export const ConsoleViewProvider = Context.Provider;

export function useConsole(): ConsoleView {
  const view = useContext(Context);
  if (view === undefined) throw new Error('There is nothing to draw a screen with');
  return view;
}

export function maySchedule({ capabilities }: Pick<Me, 'capabilities'>): boolean {
  return capabilities.includes('meetings') || capabilities.includes('admin');
}

export function isAdmin({ capabilities }: Pick<Me, 'capabilities'>): boolean {
  return capabilities.includes('admin');
}
