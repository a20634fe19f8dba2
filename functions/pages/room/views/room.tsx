import { Icon } from '../../shared/views/icon.tsx';
import { type Conference, endsSoon, type RoomPageState, type Screen } from '../state/state.ts';
import { Banners } from './banners.tsx';
import { ChatPanel } from './chatPanel.tsx';
import { PeoplePanel } from './peoplePanel.tsx';
import { QuestionDialog } from './question.tsx';
import { useRoomView } from './roomView.ts';
import { Stage } from './stage.tsx';
import { Toolbar } from './toolbar.tsx';

interface RoomProps {
  readonly state: RoomPageState;
  readonly screen: Extract<Screen, { at: 'room' }>;
}

/** The conference. */
export function Room({ state, screen: { room, conference } }: RoomProps) {
  const { identifier } = useRoomView();
  const { panel, question, people } = conference;
  return (
    <main class={`room${panel === 'none' ? '' : ' with-panel'}`}>
      <TitleBar name={room.name ?? identifier} conference={conference} soon={endsSoon(conference, state.now)} />
      <div class="floor">
        <div class="stage-area">
          <Banners state={state} conference={conference} />
          <Stage state={state} conference={conference} />
        </div>
        {panel === 'chat' && <ChatPanel conference={conference} />}
        {panel === 'people' && <PeoplePanel state={state} room={room} conference={conference} />}
      </div>
      <Toolbar state={state} conference={conference} />
      {question && <QuestionDialog key={question.about} question={question} people={people} />}
    </main>
  );
}

interface TitleBarProps {
  readonly name: string;
  readonly conference: Conference;
  readonly soon: boolean;
}

function TitleBar({ name, conference: { endsAt, locked, people }, soon }: TitleBarProps) {
  const { words, times } = useRoomView();
  return (
    <header class="title-bar">
      <h1 id="title" tabIndex={-1} dir="auto">
        {name}
      </h1>
      {locked && (
        <span class="locked" role="img" aria-label={words.roomLocked} title={words.roomLocked}>
          <Icon name="lock" />
        </span>
      )}
      <p class="soft">
        {words.people(people.length + 1)}
        {endsAt !== undefined && ', '}
        {endsAt !== undefined && <span class={soon ? 'until soon' : 'until'}>{words.until(times.time(endsAt))}</span>}
      </p>
    </header>
  );
}
