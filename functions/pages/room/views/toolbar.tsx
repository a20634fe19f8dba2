import { Icon, type IconName } from '../../shared/views/icon.tsx';
import type { Conference, Panel, RoomPageState } from '../state/state.ts';
import { DeviceButton } from './devices.tsx';
import { useRoomView } from './roomView.ts';

interface ToolbarProps {
  readonly state: RoomPageState;
  readonly conference: Conference;
}

/** What one does oneself, always in the same place. */
export function Toolbar({ state, conference }: ToolbarProps) {
  const { words, actions, canShare } = useRoomView();
  return (
    <div class="toolbar" role="group" aria-label={words.controls}>
      <DeviceButton kind="microphone" status={state.microphone} />
      <DeviceButton kind="camera" status={state.camera} />
      {canShare && <ShareButton isSharing={state.sharing !== 'off'} />}
      <ChatButton conference={conference} />
      <PeopleButton conference={conference} />
      <Control
        name="leave"
        look="leave"
        icon="leave"
        label={words.leave}
        caption={words.leave}
        onClick={actions.leave}
      />
    </div>
  );
}

interface ControlProps {
  readonly name: string;
  readonly look: string;
  readonly icon: IconName;
  readonly label: string;
  readonly caption: string;
  readonly badge?: number;
  readonly expanded?: boolean;
  readonly onClick: () => void;
}

function Control({ name, look, icon, label, caption, badge = 0, expanded, onClick }: ControlProps) {
  return (
    <button
      class={`control ${look}`}
      id={`control-${name}`}
      type="button"
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      data-badge={badge === 0 ? undefined : badge > 9 ? '9+' : badge}
      onClick={onClick}
    >
      <span class="disc">
        <Icon name={icon} />
      </span>
      <span class="caption" aria-hidden={true}>
        {caption}
      </span>
    </button>
  );
}

function ShareButton({ isSharing }: { readonly isSharing: boolean }) {
  const { words, actions } = useRoomView();
  return (
    <Control
      name="share"
      look={isSharing ? 'on active' : 'on'}
      icon={isSharing ? 'screenOff' : 'screen'}
      label={isSharing ? words.stopSharing : words.share}
      caption={words.screenShort}
      onClick={() => actions.share(!isSharing)}
    />
  );
}

function ChatButton({ conference: { panel, unread } }: { readonly conference: Conference }) {
  const { words } = useRoomView();
  return <PanelButton panel="chat" shown={panel} title={words.chat} count={unread} counted={words.unread(unread)} />;
}

function PeopleButton({ conference: { panel, knocks } }: { readonly conference: Conference }) {
  const { words } = useRoomView();
  const count = knocks.length;
  return (
    <PanelButton
      panel="people"
      shown={panel}
      title={words.peopleTitle}
      count={count}
      counted={words.peopleWaiting(count)}
    />
  );
}

interface PanelButtonProps {
  readonly panel: Exclude<Panel, 'none'>;
  /** The panel that is open now. */
  readonly shown: Panel;
  readonly title: string;
  readonly count: number;
  /** The title with what is counted. */
  readonly counted: string;
}

function PanelButton({ panel, shown, title, count, counted }: PanelButtonProps) {
  const { actions } = useRoomView();
  const open = panel === shown;
  return (
    <Control
      name={panel}
      look={open ? 'on active' : 'on'}
      icon={panel}
      label={count > 0 ? counted : title}
      caption={title}
      badge={count}
      expanded={open}
      onClick={() => actions.openPanel(open ? 'none' : panel)}
    />
  );
}
