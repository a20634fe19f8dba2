import { type Content, h } from '../../../../../functions/pages/shared/markup.ts';
import type { PushItem } from '../../inbox.ts';
import type { Scene } from '../state.ts';
import { moment } from '../times.ts';
import { facts, heading, part, source } from './facts.ts';
import { icon } from './icon.ts';
import { pictured } from './lead.ts';
import { meetingLink } from './meetingLink.ts';

/** A push as a phone shows it, and what its app gets. */
export function pushDetail(push: PushItem, { state, inbox }: Scene): Content {
  const { title, body, platform, token, at, attributes, meetingId, payload } = push;
  return [
    heading(
      pictured('pushes'),
      title || 'Data for the app',
      h('p', { class: 'soft' }, `through ${platform}, ${moment(at, state.now)}`),
    ),
    title !== '' &&
      h(
        'div',
        { class: 'phone', role: 'img', 'aria-label': `Notification: ${title}. ${body}` },
        h('p', { class: 'app' }, icon('meetings'), h('span', {}, 'Meetings'), h('span', { class: 'when' }, 'now')),
        h('p', { class: 'title', dir: 'auto' }, title),
        h('p', { dir: 'auto' }, body),
      ),
    facts([
      ['Meeting', meetingLink(inbox, meetingId)],
      ['Token', h('code', {}, token)],
      ...Object.entries(attributes).map(([name, value]) => [lifetimeName(name), value] as const),
    ]),
    part('Payload', source(payload, 'Payload of the push')),
  ];
}

/** Of the attributes that SNS has for pushes, the one that this service gives says how long it lives. */
function lifetimeName(name: string): string {
  return name.endsWith('.TTL') ? 'Lifetime (s)' : name;
}
