import type { RoomPageState } from '../state/state.ts';
import { Closed, Elsewhere, Loading } from './closed.tsx';
import { Early } from './early.tsx';
import { Lobby } from './lobby.tsx';
import { Room } from './room.tsx';

/** The whole page, as the state has it. */
export function Page({ state }: { readonly state: RoomPageState }) {
  const { screen } = state;
  switch (screen.at) {
    case 'loading':
      return <Loading />;
    case 'early':
      return <Early state={state} screen={screen} />;
    case 'closed':
      return <Closed screen={screen} />;
    case 'elsewhere':
      return <Elsewhere state={state} screen={screen} />;
    case 'lobby':
    case 'waiting':
      return <Lobby state={state} screen={screen} />;
    case 'room':
      return <Room state={state} screen={screen} />;
  }
}
