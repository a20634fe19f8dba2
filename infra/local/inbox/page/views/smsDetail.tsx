import type { SmsItem } from '../../inbox.ts';
import { plural } from '../entries.tsx';
import { useInboxView } from '../inboxView.ts';
import { formatMoment } from '../times.ts';
import { Facts, Heading } from './facts.tsx';
import { RoundIcon } from './lead.tsx';
import { meetingLink } from './meetingLink.tsx';

/** An SMS as a phone shows it, and what it costs. */
export function SmsDetail({ item: sms }: { readonly item: SmsItem }) {
  const { state, inbox } = useInboxView();
  const { to, at, text, alphabet, units, parts, attributes, meetingId } = sms;
  return (
    <>
      <Heading lead={<RoundIcon name="sms" />} title={to}>
        <p class="soft">{formatMoment(at, state.now)}</p>
      </Heading>
      <p class="bubble" dir="auto">
        {text}
      </p>
      <Facts
        of={[
          ['Size', `${plural(parts, 'part')} of ${alphabet}: ${units} units`],
          ['Meeting', meetingLink(inbox, meetingId)],
          ...Object.entries(attributes).map(([name, value]) => [lastPart(name), value] as const),
        ]}
      />
    </>
  );
}

/** `AWS.SNS.SMS.SenderID` without what all of them begin with. */
function lastPart(name: string): string {
  return name.split('.').at(-1) ?? name;
}
