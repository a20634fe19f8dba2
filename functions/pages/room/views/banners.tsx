import { Button } from '../../shared/views/button.tsx';
import { Icon } from '../../shared/views/icon.tsx';
import { Spinner } from '../../shared/views/spinner.tsx';
import type { Conference, Knock, RoomPageState } from '../state/state.ts';
import { useRoomView } from './roomView.ts';

/** So many knocks are shown at once; the others are in the list of people. */
const mostKnocks = 2;

interface BannersProps {
  readonly state: RoomPageState;
  readonly conference: Conference;
}

/** What wants to be known now, above the pictures. */
export function Banners({ state, conference }: BannersProps) {
  const { words, actions } = useRoomView();
  const { online, knocks, you, panel } = conference;
  const interrupted = (['camera', 'microphone'] as const).filter((kind) => state[kind].state === 'interrupted');
  return (
    <div class="banners">
      {!online && (
        <p class="banner urgent">
          <Spinner />
          {words.offline}
        </p>
      )}
      {state.silenced && (
        <div class="banner">
          <p>{words.silenced}</p>
          <Button look="primary" onClick={actions.playSound}>
            {words.turnSoundOn}
          </Button>
        </div>
      )}
      {interrupted.map((kind) => (
        <p class="banner" key={kind}>
          <Icon name="notice" />
          {words.device[kind].interrupted}
        </p>
      ))}
      {(state.sharing === 'on' || state.sharing === 'interrupted') && (
        <div class="banner">
          <Icon name="screen" />
          <p>{state.sharing === 'on' ? words.youShare : words.shareInterrupted}</p>
          <Button look="secondary" onClick={() => actions.share(false)}>
            {words.stopSharing}
          </Button>
        </div>
      )}
      {you.host &&
        panel !== 'people' &&
        knocks.slice(0, mostKnocks).map((knock) => <KnockBanner key={knock.id} knock={knock} />)}
    </div>
  );
}

function KnockBanner({ knock: { id, name, removed } }: { readonly knock: Knock }) {
  const { words } = useRoomView();
  return (
    <div class="banner knock" role="group" aria-label={words.wantsIn(name)}>
      <div class="who">
        <p>{words.wantsIn(name)}</p>
        {removed && <p class="soft">{words.maybeRemoved}</p>}
      </div>
      <KnockAnswers id={id} name={name} />
    </div>
  );
}

/** Turns somebody away, or lets them in. */
export function KnockAnswers({ id, name }: Pick<Knock, 'id' | 'name'>) {
  const { words, actions } = useRoomView();
  return (
    <>
      <Button look="secondary" label={words.refuseNamed(name)} onClick={() => actions.refuse(id)}>
        {words.refuse}
      </Button>
      <Button look="primary" label={words.admitNamed(name)} onClick={() => actions.admit(id)}>
        {words.admit}
      </Button>
    </>
  );
}
