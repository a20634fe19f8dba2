import { Icon } from '../../shared/views/icon.tsx';
import { Spinner } from '../../shared/views/spinner.tsx';
import { newestScreen } from '../state/newestScreen.ts';
import { type Conference, type Copied, type Guest, isSlow, type RoomPageState } from '../state/state.ts';
import { CopyButton } from './copyButton.tsx';
import { Avatar, Picture } from './picture.tsx';
import { useRoomView } from './roomView.ts';
import { tileGrid } from './tileGrid.ts';

/** Pixels between tiles, as in the style sheet. */
const gap = 12;

interface StageProps {
  readonly state: RoomPageState;
  readonly conference: Conference;
}

/** The pictures: a shared screen large, everyone else beside it; or everyone as large as there is room. */
export function Stage({ state, conference }: StageProps) {
  const { words, measure } = useRoomView();
  const { people, speaking } = conference;
  const shown = newestScreen(people);
  const alone = people.length === 0;
  const { width, height } = state.stage;
  const { tileWidth, tileHeight } = tileGrid(alone ? 2 : people.length + 1, width, height, gap);
  return (
    <section class={shown ? 'stage sharing' : 'stage'} aria-label={words.participants}>
      {shown && <SharedScreen key={shown.id} guest={shown} />}
      <ul class="tiles" ref={measure} style={{ '--tile-width': `${tileWidth}px`, '--tile-height': `${tileHeight}px` }}>
        {people.map((guest) => (
          <GuestTile
            key={guest.id}
            guest={guest}
            saysWhy={isSlow(guest, state.now)}
            isSpeaking={speaking.includes(guest.id)}
          />
        ))}
        <OwnTile state={state} conference={conference} />
        {alone && <AloneTile copied={state.copied} />}
      </ul>
    </section>
  );
}

function SharedScreen({ guest: { id, name } }: { readonly guest: Guest }) {
  const { words, streams } = useRoomView();
  return (
    <figure class="shared">
      <Picture stream={streams(id)?.screen} muted={true} />
      <figcaption class="nameplate">
        <Icon name="screen" />
        {words.screenOf(name)}
      </figcaption>
    </figure>
  );
}

interface GuestTileProps {
  readonly guest: Guest;
  /** The connection has taken so long that there may be a reason. */
  readonly saysWhy: boolean;
  readonly isSpeaking: boolean;
}

function GuestTile({ guest, saysWhy, isSpeaking }: GuestTileProps) {
  const { id, name, camera, microphone, line, lost } = guest;
  const { words, streams, hear } = useRoomView();
  const wire = lost ? words.lostConnection : line === 'connecting' ? words.connecting : words.reconnecting;
  const broken = lost || line !== 'connected';
  return (
    <li class={`tile${broken ? ' broken' : isSpeaking ? ' speaking' : ''}`}>
      <Picture stream={streams(id)?.person} muted={false} hidden={!camera} onStream={hear} />
      {!camera && <Avatar name={name} id={id} />}
      {broken && (
        <p class="wire">
          <Spinner />
          {wire}
          {saysWhy && !lost && <span class="reason">{words.connectsSlowly}</span>}
        </p>
      )}
      <Nameplate name={name} isOwn={false} isMuted={!microphone} />
    </li>
  );
}

function OwnTile({ state, conference: { you, speaking } }: StageProps) {
  const { preview } = useRoomView();
  const camera = state.camera.state === 'on';
  return (
    <li class={`tile own${speaking.includes(you.id) ? ' speaking' : ''}`}>
      <Picture stream={preview} muted={true} mirrored={true} hidden={!camera} />
      {!camera && <Avatar name={you.name} id={you.id} />}
      <Nameplate name={you.name} isOwn={true} isMuted={state.microphone.state !== 'on'} />
    </li>
  );
}

interface NameplateProps {
  readonly name: string;
  readonly isOwn: boolean;
  readonly isMuted: boolean;
}

/** What is said beside a name stands apart from it: anybody may call themselves “Bob (you)”. */
function Nameplate({ name, isOwn, isMuted }: NameplateProps) {
  const { words } = useRoomView();
  return (
    <p class="nameplate">
      {isMuted && (
        <span class="muted" role="img" aria-label={words.muted}>
          <Icon name="microphoneOff" />
        </span>
      )}
      <span class="name" dir="auto">
        {name}
      </span>
      {isOwn && <span class="role">{words.you}</span>}
    </p>
  );
}

function AloneTile({ copied }: { readonly copied: Copied }) {
  const { words } = useRoomView();
  return (
    <li class="tile alone">
      <p class="strong">{words.alone}</p>
      <p class="soft">{words.aloneHint}</p>
      <CopyButton copied={copied} />
    </li>
  );
}
