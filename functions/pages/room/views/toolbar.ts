import { type Content, h, type Markup } from '../../shared/markup.ts';
import type { Conference, Panel, State } from '../state.ts';
import { deviceButton } from './devices.ts';
import { type IconName, icon } from './icon.ts';
import type { Scene } from './scene.ts';

/** What one does oneself, always in the same place. */
export function toolbar(state: State, conference: Conference, scene: Scene): Content {
  const { words, actions } = scene;
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': words.controls },
    deviceButton('microphone', state.microphone, scene),
    deviceButton('camera', state.camera, scene),
    scene.canShare && shareButton(state, scene),
    panelButton('chat', conference, scene),
    panelButton('people', conference, scene),
    control({ key: 'leave', look: 'leave', picture: 'leave', label: words.leave, caption: words.leave }, actions.leave),
  );
}

interface ControlOptions {
  readonly key: string;
  readonly look: string;
  readonly picture: IconName;
  readonly label: string;
  readonly caption: string;
  readonly badge?: number;
  readonly expanded?: boolean;
}

function control({ key, look, picture, label, caption, badge, expanded }: ControlOptions, onClick: () => void): Markup {
  return h(
    'button',
    {
      class: `control ${look}`,
      key,
      id: `control-${key}`,
      type: 'button',
      'aria-label': label,
      title: label,
      'aria-expanded': expanded,
      'data-badge': badge ? (badge > 9 ? '9+' : badge) : undefined,
      on: { click: onClick },
    },
    h('span', { class: 'disc' }, icon(picture)),
    h('span', { class: 'caption', 'aria-hidden': true }, caption),
  );
}

function shareButton({ sharing }: State, { words, actions }: Scene): Markup {
  const on = sharing !== 'off';
  return control(
    {
      key: 'share',
      look: on ? 'on active' : 'on',
      picture: on ? 'screenOff' : 'screen',
      label: on ? words.stopSharing : words.share,
      caption: words.screenShort,
    },
    () => actions.share(!on),
  );
}

function panelButton(panel: Exclude<Panel, 'none'>, conference: Conference, { words, actions }: Scene): Markup {
  const open = conference.panel === panel;
  const badge = panel === 'chat' ? conference.unread : conference.knocks.length;
  const labels =
    panel === 'chat'
      ? { plain: words.chat, counted: words.unread(badge) }
      : { plain: words.peopleTitle, counted: words.peopleWaiting(badge) };
  return control(
    {
      key: panel,
      look: open ? 'on active' : 'on',
      picture: panel,
      label: badge > 0 ? labels.counted : labels.plain,
      caption: labels.plain,
      badge,
      expanded: open,
    },
    () => actions.openPanel(open ? 'none' : panel),
  );
}
