import type { Content } from '../../shared/markup.ts';
import type { State } from '../state.ts';
import { closedView, elsewhereView, loadingView } from './closed.ts';
import { earlyView } from './early.ts';
import { lobbyView } from './lobby.ts';
import { roomView } from './room.ts';
import type { Scene } from './scene.ts';

/** The whole page, as the state has it. */
export function pageView(state: State, scene: Scene): Content {
  const { screen } = state;
  switch (screen.at) {
    case 'loading':
      return loadingView(scene);
    case 'early':
      return earlyView(state, screen, scene);
    case 'closed':
      return closedView(state, screen, scene);
    case 'elsewhere':
      return elsewhereView(screen, scene);
    case 'lobby':
    case 'waiting':
      return lobbyView(state, screen, scene);
    case 'room':
      return roomView(state, screen, scene);
  }
}
