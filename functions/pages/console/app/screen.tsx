import type { Me } from '../api/replies.ts';
import { ListScreen } from '../screens/list/listScreen.tsx';
import { useConsole } from './consoleView.ts';
import type { Place } from './place.ts';

/** The screen of a place. */
export function Screen({ place }: { readonly place: Place; readonly onProfile: (me: Me) => void }) {
  const { words } = useConsole();
  switch (place.at) {
    case 'next':
    case 'past':
      return <ListScreen which={place.at} />;
    default:
      return <p class="empty">{words.notFound}</p>;
  }
}
