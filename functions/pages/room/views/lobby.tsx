import type { TargetedSubmitEvent } from 'preact';
import { Button } from '../../shared/views/button.tsx';
import { Icon } from '../../shared/views/icon.tsx';
import { Spinner } from '../../shared/views/spinner.tsx';
import { longestName } from '../signalling/limits.ts';
import type { RoomPageState, Screen } from '../state/state.ts';
import { QuietAnswerQuestion } from './answering.tsx';
import { BrandName } from './brandName.tsx';
import { DeviceButton, DeviceChoices, DeviceTrouble, Trouble } from './devices.tsx';
import { DialInLine, MeetingCard, MeetingLinks } from './meetingCard.tsx';
import { PasswordField } from './passwordField.tsx';
import { Avatar, Picture } from './picture.tsx';
import { useRoomView } from './roomView.ts';

interface LobbyProps {
  readonly state: RoomPageState;
  readonly screen: Extract<Screen, { at: 'lobby' | 'waiting' }>;
}

/** Before the room: who one is, and what the others will see and hear; then, where a host admits, waiting for them. */
export function Lobby({ state, screen }: LobbyProps) {
  const { identifier } = useRoomView();
  const { room } = screen;
  return (
    <main class="lobby">
      <div class="preview-column">
        <Preview state={state} />
        <DeviceTrouble state={state} />
      </div>
      <DeviceChoices state={state} />
      <div class="join-column">
        <BrandName />
        <MeetingCard meeting={{ ...room, name: room.name ?? identifier }} />
        {screen.at === 'waiting' ? <Waiting host={screen.host} /> : <JoinForm state={state} screen={screen} />}
        <QuietAnswerQuestion state={state} />
        <footer>
          <DialInLine dialIn={room.dialIn} />
          <MeetingLinks copied={state.copied} isDated={room.validSince !== undefined} />
        </footer>
      </div>
    </main>
  );
}

function Preview({ state: { camera, microphone, name, unmeasured } }: { readonly state: RoomPageState }) {
  const { words, preview, showLevel } = useRoomView();
  return (
    <section class="preview" aria-label={words.preview}>
      <Picture stream={preview} muted={true} mirrored={true} hidden={camera.state !== 'on'} />
      {camera.state !== 'on' && (
        <div class="preview-off">
          {name.trim() === '' ? (
            <span class="avatar">
              <Icon name="cameraOff" />
            </span>
          ) : (
            <Avatar name={name} id="you" />
          )}
          <p>{camera.state === 'starting' ? words.allowDevices : words.cameraIsOff}</p>
        </div>
      )}
      {microphone.state === 'on' && unmeasured && <p class="wire">{words.levelHeld}</p>}
      {microphone.state === 'on' && !unmeasured && (
        <div
          ref={showLevel}
          class="level"
          role="meter"
          aria-label={words.level}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={0}
        />
      )}
      <div class="preview-controls">
        <DeviceButton kind="microphone" status={microphone} />
        <DeviceButton kind="camera" status={camera} />
      </div>
    </section>
  );
}

interface JoinFormProps {
  readonly state: RoomPageState;
  readonly screen: Extract<Screen, { at: 'lobby' }>;
}

function JoinForm({ state: { name, password }, screen: { room, joining, refusal } }: JoinFormProps) {
  const { words, actions, hosting } = useRoomView();
  const message = refusal === 'full' ? words.refusal.full(room.capacity) : refusal && words.refusal[refusal];
  // Whoever joins without one comes back to their seat.
  const isPasswordAsked = room.isPasswordProtected && !hosting && (!joining || password !== '');
  const join = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    actions.join();
  };
  return (
    <form class="join" noValidate onSubmit={join}>
      <NameField name={name} isRefused={refusal === 'name' || refusal === 'name-needed'} />
      {isPasswordAsked && <PasswordField password={password} room={room} refusal={refusal} />}
      {message !== undefined && <Trouble id="refusal" text={message} />}
      <Button look="primary" submit disabled={joining}>
        {joining ? words.joining : refusal === 'host-token' ? words.joinAsGuest : words.join}
      </Button>
      {refusal === 'full' && (
        <Button look="secondary" onClick={actions.cancelWaiting}>
          {words.cancel}
        </Button>
      )}
      {hosting && <p class="soft">{words.youHost}</p>}
      {!hosting && room.lobby && <p class="soft">{words.lobbyHint}</p>}
    </form>
  );
}

function NameField({ name, isRefused }: { readonly name: string; readonly isRefused: boolean }) {
  const { words, actions } = useRoomView();
  return (
    <div class="field">
      <label for="name">{words.yourName}</label>
      <input
        id="name"
        name="name"
        type="text"
        dir="auto"
        autocomplete="name"
        maxLength={longestName}
        enterkeyhint="go"
        required
        aria-invalid={isRefused || undefined}
        aria-describedby={isRefused ? 'refusal' : undefined}
        value={name}
        onInput={({ currentTarget }) => actions.typeName(currentTarget.value)}
      />
    </div>
  );
}

function Waiting({ host }: { readonly host: boolean }) {
  const { words, actions } = useRoomView();
  return (
    <section class="waiting">
      <h2 id="waiting" tabIndex={-1}>
        <Spinner />
        {words.waiting}
      </h2>
      <p class="soft">{host ? words.waitingHint : words.waitingForHost}</p>
      <Button look="secondary" onClick={actions.cancelWaiting}>
        {words.cancel}
      </Button>
    </section>
  );
}
