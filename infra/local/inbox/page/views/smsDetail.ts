import { type Content, h } from '../../../../../functions/pages/shared/markup.ts';
import type { SmsItem } from '../../inbox.ts';
import { plural } from '../entries.ts';
import type { Scene } from '../state.ts';
import { moment } from '../times.ts';
import { facts, heading } from './facts.ts';
import { pictured } from './lead.ts';
import { meetingLink } from './meetingLink.ts';

/** An SMS as a phone shows it, and what it costs. */
export function smsDetail(sms: SmsItem, { state, inbox }: Scene): Content {
  const { to, at, text, alphabet, units, parts, attributes, meetingId } = sms;
  return [
    heading(pictured('sms'), to, h('p', { class: 'soft' }, moment(at, state.now))),
    h('p', { class: 'bubble', dir: 'auto' }, text),
    facts([
      ['Size', `${plural(parts, 'part')} of ${alphabet}: ${units} units`],
      ['Meeting', meetingLink(inbox, meetingId)],
      ...Object.entries(attributes).map(([name, value]) => [shortened(name), value] as const),
    ]),
  ];
}

/** `AWS.SNS.SMS.SenderID` without what all of them begin with. */
function shortened(name: string): string {
  return name.split('.').at(-1) ?? name;
}
