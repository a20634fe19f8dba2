import { type Content, h } from '../../../../../functions/pages/shared/markup.ts';
import type { DeliveryItem } from '../../inbox.ts';
import { channelIcons } from '../entries.ts';
import { fragmentOf } from '../place.ts';
import type { Scene } from '../state.ts';
import { moment } from '../times.ts';
import { deliveryChip } from './chip.ts';
import { facts, heading } from './facts.ts';
import { pictured } from './lead.ts';
import { meetingLink } from './meetingLink.ts';

/** One delivery: to whom, by what, and what became of it. */
export function deliveryDetail(delivery: DeliveryItem, { state, inbox }: Scene): Content {
  const { person, channel, kind, sequence, state: outcome, reason, attempts, updated, device } = delivery;
  return [
    heading(
      pictured(channelIcons[channel] ?? 'mails'),
      person,
      h('p', { class: 'soft' }, `${kind} by ${channel}`),
      h('p', { class: 'chips' }, deliveryChip(outcome)),
    ),
    reason !== undefined && h('p', { class: 'reason', dir: 'auto' }, reason),
    facts([
      ['Meeting', meetingLink(inbox, delivery.meetingId)],
      ['Sequence', sequence === undefined ? undefined : String(sequence)],
      ['Device', device],
      ['Attempts', String(attempts)],
      ['Changed', moment(updated, state.now)],
      ['Message', messageLink(delivery)],
    ]),
  ];
}

function messageLink({ channel, messageId: id }: DeliveryItem): Content {
  const section = channelIcons[channel];
  return id !== undefined && section !== undefined && h('a', { href: fragmentOf({ section, id }) }, id);
}
