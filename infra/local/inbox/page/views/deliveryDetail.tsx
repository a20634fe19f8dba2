import type { DeliveryItem } from '../../inbox.ts';
import { channelIcons } from '../entries.tsx';
import { useInboxView } from '../inboxView.ts';
import { fragmentOf } from '../place.ts';
import { formatMoment } from '../times.ts';
import { DeliveryChip } from './chip.tsx';
import { Facts, Heading } from './facts.tsx';
import { RoundIcon } from './lead.tsx';
import { meetingLink } from './meetingLink.tsx';

/** One delivery: to whom, by what, and what became of it. */
export function DeliveryDetail({ item: delivery }: { readonly item: DeliveryItem }) {
  const { state, inbox } = useInboxView();
  const { person, channel, kind, sequence, reason, attempts, updated, device } = delivery;
  return (
    <>
      <Heading lead={<RoundIcon name={channelIcons[channel] ?? 'mails'} />} title={person}>
        <p class="soft">{`${kind} by ${channel}`}</p>
        <p class="chips">
          <DeliveryChip state={delivery.state} />
        </p>
      </Heading>
      {reason !== undefined && (
        <p class="reason" dir="auto">
          {reason}
        </p>
      )}
      <Facts
        of={[
          ['Meeting', meetingLink(inbox, delivery.meetingId)],
          ['Sequence', sequence],
          ['Device', device],
          ['Attempts', attempts],
          ['Changed', formatMoment(updated, state.now)],
          ['Message', messageLink(delivery)],
        ]}
      />
    </>
  );
}

function messageLink({ channel, messageId: id }: DeliveryItem) {
  const section = channelIcons[channel];
  return id !== undefined && section !== undefined && <a href={fragmentOf({ section, id })}>{id}</a>;
}
