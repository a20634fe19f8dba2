import type { DialInFacts } from '../../../rooms/signalling/protocol.ts';
import { type Content, h } from '../../shared/markup.ts';
import type { State } from '../state.ts';
import { button, copyButton } from './button.ts';
import { icon } from './icon.ts';
import type { Scene } from './scene.ts';

export interface MeetingCard {
  readonly name: string;
  readonly organizer?: string | undefined;
  readonly validSince?: string | undefined;
  readonly validUntil?: string | undefined;
}

/** What the room is for: the meeting's day as a leaf of a calendar, its name, its time and its organizer. */
export function meetingCard(meeting: MeetingCard, { words, times }: Scene): Content {
  const { name, organizer, validSince, validUntil } = meeting;
  return h(
    'header',
    { class: 'meeting' },
    validSince === undefined
      ? h('div', { class: 'leaf plain', 'aria-hidden': true }, icon('door'))
      : h(
          'div',
          { class: 'leaf', 'aria-hidden': true },
          h('span', { class: 'month' }, times.month(validSince)),
          h('span', { class: 'day' }, times.day(validSince)),
        ),
    h(
      'div',
      { class: 'facts' },
      h('h1', { id: 'title', tabindex: -1, dir: 'auto' }, name),
      validSince === undefined && h('p', {}, words.publicRoom),
      validSince !== undefined && h('p', {}, times.date(validSince)),
      validSince !== undefined && validUntil !== undefined && h('p', {}, times.span(validSince, validUntil)),
      organizer !== undefined && h('p', { dir: 'auto' }, words.invitedBy(organizer)),
    ),
  );
}

/** What one can do with the meeting beside joining it. */
export function meetingLinks(state: State, scene: Scene, isDated: boolean): Content {
  const { words, actions } = scene;
  return h(
    'div',
    { class: 'links' },
    isDated && button(words.addToCalendar, actions.saveCalendarFile, { look: 'quiet', icon: 'calendar' }),
    copyButton(state, scene),
  );
}

/** The number to call, which telephones dial with its code. */
export function dialInLine(dialIn: DialInFacts | undefined, { words }: Scene): Content {
  if (!dialIn) return undefined;
  const { extension, pin } = dialIn;
  return h(
    'p',
    { class: 'dial-in' },
    icon('phone'),
    h(
      'span',
      {},
      `${words.byPhone}: `,
      h('a', { href: `tel:${extension},,${pin}%23` }, extension),
      `, ${words.phoneCode(spaced(pin))}`,
    ),
  );
}

/** Nine digits are read by threes, on one line. */
function spaced(pin: string): string {
  return pin.replace(/(\d{3})(?=\d)/g, '$1\u00a0');
}
