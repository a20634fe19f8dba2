import { Icon } from '../../shared/views/icon.tsx';
import { type DeviceKind, type DeviceState, type DeviceStatus, isWanted, type RoomPageState } from '../state/state.ts';
import type { Words } from '../words/en.ts';
import { useRoomView } from './roomView.ts';

/** What pressing the button of a device will do, in words. */
export function toggleLabel(kind: DeviceKind, state: DeviceState, words: Words): string {
  const on = isWanted(state);
  if (kind === 'camera') return on ? words.turnCameraOff : words.turnCameraOn;
  return on ? words.mute : words.unmute;
}

interface DeviceButtonProps {
  readonly kind: DeviceKind;
  readonly status: DeviceStatus;
}

/** The button that turns a device on and off; its caption is seen where there is room for it. */
export function DeviceButton({ kind, status: { state } }: DeviceButtonProps) {
  const { words, actions } = useRoomView();
  const on = state === 'on' || state === 'starting';
  const label = toggleLabel(kind, state, words);
  const caption = kind === 'camera' ? words.cameraShort : isWanted(state) ? words.muteShort : words.unmuteShort;
  return (
    <button
      class={`control ${on ? 'on' : 'off'}`}
      type="button"
      aria-label={label}
      title={label}
      aria-busy={state === 'starting'}
      onClick={() => actions.toggle(kind)}
    >
      <span class="disc">
        <Icon name={on ? kind : `${kind}Off`} />
      </span>
      <span class="caption" aria-hidden={true}>
        {caption}
      </span>
    </button>
  );
}

/** Why a device that was asked for does not serve, and what helps. */
export function DeviceTrouble({ state: { camera, microphone } }: { readonly state: RoomPageState }) {
  const { device } = useRoomView().words;
  if (camera.state === microphone.state && (camera.state === 'refused' || camera.state === 'missing')) {
    return <Trouble text={device.both[camera.state]} />;
  }
  return (
    <>
      {isTrouble(camera.state) && <Trouble text={device.camera[camera.state]} />}
      {isTrouble(microphone.state) && <Trouble text={device.microphone[microphone.state]} />}
    </>
  );
}

function isTrouble(state: DeviceState): state is Exclude<DeviceState, 'off' | 'starting' | 'on'> {
  return state !== 'off' && state !== 'starting' && state !== 'on';
}

/** What does not work, under what it concerns. */
export function Trouble({ text, id }: { readonly text: string; readonly id?: string }) {
  return (
    <p class="trouble" id={id}>
      <Icon name="notice" />
      <span>{text}</span>
    </p>
  );
}

/** Which of several devices to use; only one leaves nothing to choose. */
export function DeviceChoices({ state }: { readonly state: RoomPageState }) {
  const { words, actions } = useRoomView();
  const choosable = (['camera', 'microphone'] as const).filter((kind) => state[kind].choices.length > 1);
  if (choosable.length === 0) return null;
  return (
    <div class="choices">
      {choosable.map((kind) => (
        <div class="field" key={kind}>
          <label for={`choice-${kind}`}>{words[kind]}</label>
          <select
            id={`choice-${kind}`}
            value={state[kind].chosen}
            onChange={({ currentTarget }) => actions.choose(kind, currentTarget.value)}
          >
            {state[kind].choices.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  );
}
