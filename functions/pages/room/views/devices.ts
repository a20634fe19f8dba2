import { type Content, h, type Markup } from '../../shared/markup.ts';
import type { DeviceKind, DeviceState, DeviceStatus, State } from '../state.ts';
import type { Words } from '../words/en.ts';
import { icon } from './icon.ts';
import type { Scene } from './scene.ts';

/** What pressing the button of a device will do, in words. */
export function toggleLabel(kind: DeviceKind, state: DeviceState, words: Words): string {
  const on = state === 'on' || state === 'starting';
  if (kind === 'camera') return on ? words.turnCameraOff : words.turnCameraOn;
  return on ? words.mute : words.unmute;
}

/** The button that turns a device on and off; its caption is seen where there is room for it. */
export function deviceButton(kind: DeviceKind, { state }: DeviceStatus, { words, actions }: Scene): Markup {
  const on = state === 'on' || state === 'starting';
  const label = toggleLabel(kind, state, words);
  const caption = kind === 'camera' ? words.cameraShort : on ? words.muteShort : words.unmuteShort;
  const pictures = kind === 'camera' ? (['camera', 'cameraOff'] as const) : (['microphone', 'microphoneOff'] as const);
  return h(
    'button',
    {
      class: `control ${on ? 'on' : 'off'}`,
      key: kind,
      type: 'button',
      'aria-label': label,
      title: label,
      'aria-busy': state === 'starting',
      on: { click: () => actions.toggle(kind) },
    },
    h('span', { class: 'disc' }, icon(pictures[on ? 0 : 1])),
    h('span', { class: 'caption', 'aria-hidden': true }, caption),
  );
}

/** Why a device that was asked for does not serve, and what helps. */
export function deviceTrouble({ camera, microphone }: State, { words }: Scene): Content {
  const { both } = words.device;
  if (camera.state === microphone.state && (camera.state === 'refused' || camera.state === 'missing')) {
    return trouble('both', both[camera.state]);
  }
  return [
    isTrouble(camera.state) && trouble('camera', words.device.camera[camera.state]),
    isTrouble(microphone.state) && trouble('microphone', words.device.microphone[microphone.state]),
  ];
}

function isTrouble(state: DeviceState): state is Exclude<DeviceState, 'off' | 'starting' | 'on'> {
  return state !== 'off' && state !== 'starting' && state !== 'on';
}

function trouble(key: string, text: string): Markup {
  return h('p', { class: 'trouble', key: `trouble ${key}` }, icon('notice'), h('span', {}, text));
}

/** Which of several devices to use; only one leaves nothing to choose. */
export function deviceChoices(state: State, { words, actions }: Scene): Content {
  const choosable = (['camera', 'microphone'] as const).filter((kind) => state[kind].choices.length > 1);
  if (choosable.length === 0) return undefined;
  return h(
    'div',
    { class: 'choices' },
    choosable.map((kind) =>
      h(
        'div',
        { class: 'field', key: kind },
        h('label', { for: `choice-${kind}` }, words[kind]),
        h(
          'select',
          {
            id: `choice-${kind}`,
            properties: { value: state[kind].chosen },
            on: { change: ({ target }) => target instanceof HTMLSelectElement && actions.choose(kind, target.value) },
          },
          state[kind].choices.map(({ id, label }) => h('option', { key: id, value: id }, label)),
        ),
      ),
    ),
  );
}
