import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Inbox } from '../inbox.ts';
import type { InboxPageState } from './state.ts';

/** What the views may ask for. */
export interface InboxActions {
  readonly search: (text: string) => void;
  readonly copy: (text: string) => void;
}

/** What the views draw, once the service has answered. */
export interface InboxViewData {
  readonly state: InboxPageState;
  readonly inbox: Inbox;
  readonly actions: InboxActions;
}

export const InboxViewContext = createContext<InboxViewData | undefined>(undefined);

/** What every view of the page is drawn with. */
export function useInboxView(): InboxViewData {
  const view = useContext(InboxViewContext);
  if (!view) throw new Error('A view is drawn outside the page');
  return view;
}
