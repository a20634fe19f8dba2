import { Button } from '../../shared/views/button.tsx';
import { Icon, type IconName } from '../../shared/views/icon.tsx';
import { Spinner } from '../../shared/views/spinner.tsx';
import type { ClosedReason, RoomPageState, Screen } from '../state/state.ts';
import { QuietAnswerQuestion } from './answering.tsx';
import { BrandName } from './brandName.tsx';
import { useRoomView } from './roomView.ts';

const pictures: Readonly<Partial<Record<ClosedReason, IconName>>> = {
  left: 'leave',
  unreachable: 'signal',
  busy: 'clock',
  removed: 'remove',
  declined: 'remove',
};

/** What can be tried again, and with which word; nothing opens a room whose time is over. */
const again: Readonly<Partial<Record<ClosedReason, 'tryAgain' | 'comeBack' | 'askAgain'>>> = {
  left: 'comeBack',
  removed: 'askAgain',
  declined: 'tryAgain',
  unreachable: 'tryAgain',
  busy: 'tryAgain',
  'ended-host': 'tryAgain',
};

/** There is no room to be in, or not any more. */
export function Closed({ screen: { why, name, next } }: { readonly screen: Extract<Screen, { at: 'closed' }> }) {
  const { words, times, actions } = useRoomView();
  const { title, text } = words.closed[why];
  const answer = again[why];
  return (
    <main class="sheet closed">
      <BrandName />
      <div class="leaf plain" aria-hidden={true}>
        <Icon name={pictures[why] ?? 'door'} />
      </div>
      <h1 id="title" tabIndex={-1}>
        {title}
      </h1>
      {name !== undefined && (
        <p class="name" dir="auto">
          {name}
        </p>
      )}
      <p class="soft">{text}</p>
      {next !== undefined && <p class="next">{words.nextMeeting(times.dateAndTime(next))}</p>}
      {answer && (
        <Button look="primary" onClick={actions.retry}>
          {words[answer]}
        </Button>
      )}
    </main>
  );
}

interface ElsewhereProps {
  readonly state: RoomPageState;
  readonly screen: Extract<Screen, { at: 'elsewhere' }>;
}

/** The conference is held by another server. */
export function Elsewhere({ state, screen: { room, url } }: ElsewhereProps) {
  const { words, identifier } = useRoomView();
  return (
    <main class="sheet closed">
      <BrandName />
      <div class="leaf plain" aria-hidden={true}>
        <Icon name="camera" />
      </div>
      <h1 id="title" tabIndex={-1} dir="auto">
        {room.name ?? identifier}
      </h1>
      <p class="soft">{words.elsewhere}</p>
      <a class="button primary" href={url} rel="noreferrer">
        {words.goElsewhere}
      </a>
      <QuietAnswerQuestion state={state} />
    </main>
  );
}

export function Loading() {
  const { words } = useRoomView();
  return (
    <main class="sheet closed" aria-busy={true}>
      <p class="soft">
        <Spinner />
        {words.loading}
      </p>
    </main>
  );
}
