import type { RoomFacts } from '../../../rooms/signalling/protocol.ts';
import { Button, IconButton } from '../../shared/views/button.tsx';
import { Icon } from '../../shared/views/icon.tsx';
import type { Conference, Guest, RoomPageState } from '../state/state.ts';
import { KnockAnswers } from './banners.tsx';
import { CopyButton } from './copyButton.tsx';
import { DialInLine } from './meetingCard.tsx';
import { Panel } from './panel.tsx';
import { Avatar } from './picture.tsx';
import { useRoomView } from './roomView.ts';

interface PeoplePanelProps {
  readonly state: RoomPageState;
  readonly room: RoomFacts;
  readonly conference: Conference;
}

/** Who is here, who waits, how others come, and what only a host may do. */
export function PeoplePanel({ state, room, conference }: PeoplePanelProps) {
  const { words } = useRoomView();
  const { you, people, knocks, locked } = conference;
  return (
    <Panel title={words.peopleTitle}>
      <div class="scroll">
        {you.host && knocks.length > 0 && <WaitingList knocks={knocks} />}
        <ul class="list" aria-labelledby="panel-title">
          <Entry person={{ ...you, microphone: state.microphone.state === 'on' }} isOwn={true} removable={false} />
          {people.map((guest) => (
            <Entry key={guest.id} person={guest} isOwn={false} removable={you.host} />
          ))}
        </ul>
        {you.host && <HostControls locked={locked} />}
      </div>
      <footer>
        <DialInLine dialIn={room.dialIn} />
        <CopyButton copied={state.copied} />
      </footer>
    </Panel>
  );
}

interface EntryProps {
  readonly person: Pick<Guest, 'id' | 'name' | 'host' | 'microphone'>;
  readonly isOwn: boolean;
  readonly removable: boolean;
}

function Entry({ person: { id, name, host, microphone }, isOwn, removable }: EntryProps) {
  const { words, actions } = useRoomView();
  return (
    <li>
      <Avatar name={name} id={id} />
      <span class="who">
        <span class="name" dir="auto">
          {name}
        </span>
        {isOwn && <span class="role">{words.you}</span>}
        {host && <span class="role">{words.host}</span>}
      </span>
      {!microphone && (
        <span class="muted" role="img" aria-label={words.muted} title={words.muted}>
          <Icon name="microphoneOff" />
        </span>
      )}
      {removable && (
        <IconButton
          icon="remove"
          label={words.removeNamed(name)}
          onClick={() => actions.ask({ about: 'remove', id })}
        />
      )}
    </li>
  );
}

function WaitingList({ knocks }: Pick<Conference, 'knocks'>) {
  const { words } = useRoomView();
  return (
    <section class="knocks">
      <h3 id="waiting-list">{words.waitingList}</h3>
      <ul class="list" aria-labelledby="waiting-list">
        {knocks.map(({ id, name, removed }) => (
          <li key={id}>
            <span class="who">
              <span class="name" dir="auto">
                {name}
              </span>
              {removed && <span class="role">{words.maybeRemoved}</span>}
            </span>
            <KnockAnswers id={id} name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HostControls({ locked }: Pick<Conference, 'locked'>) {
  const { words, actions } = useRoomView();
  return (
    <section class="host-controls">
      <h3>{words.hostControls}</h3>
      <button
        class="switch"
        type="button"
        role="switch"
        aria-checked={locked}
        aria-describedby="lock-hint"
        onClick={() => actions.lock(!locked)}
      >
        <span>{words.lockRoom}</span>
        <span class="track" aria-hidden={true} />
      </button>
      <p class="soft" id="lock-hint">
        {words.lockHint}
      </p>
      <Button look="danger" onClick={() => actions.ask({ about: 'end' })}>
        {words.endForAll}
      </Button>
    </section>
  );
}
