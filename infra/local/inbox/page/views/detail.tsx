import type { FunctionComponent } from 'preact';
import type { Inbox } from '../../inbox.ts';
import { useInboxView } from '../inboxView.ts';
import { fragmentOf, type Section } from '../place.ts';
import { sectionNames } from '../sectionNames.ts';
import { DeliveryDetail } from './deliveryDetail.tsx';
import { FunctionDetail } from './functionDetail.tsx';
import { InboxIcon } from './icon.tsx';
import { DeniedDetail, LogDetail } from './logDetail.tsx';
import { MailDetail } from './mailDetail.tsx';
import { MeetingDetail } from './meetingDetail.tsx';
import { PushDetail } from './pushDetail.tsx';
import { ScheduleDetail } from './scheduleDetail.tsx';
import { SmsDetail } from './smsDetail.tsx';

/** What was chosen of the list. */
export function Detail() {
  const { state, inbox } = useInboxView();
  const { section, id } = state.place;
  return (
    <article class={`detail of-${section}`} aria-label="What was chosen">
      <a class="back" href={fragmentOf({ section })}>
        <InboxIcon name="back" />
        {sectionNames[section]}
      </a>
      {(id !== undefined && details[section](inbox, id)) || (
        <p class="nothing">{id === undefined ? 'Nothing is chosen.' : 'It is not there any more.'}</p>
      )}
    </article>
  );
}

const details = {
  meetings: ({ meetings }, id) => detailOf(MeetingDetail, meetings.items, id),
  mails: ({ mails }, id) => detailOf(MailDetail, mails.items, id),
  sms: ({ sms }, id) => detailOf(SmsDetail, sms.items, id),
  pushes: ({ pushes }, id) => detailOf(PushDetail, pushes.items, id),
  schedules: ({ schedules }, id) => detailOf(ScheduleDetail, schedules.items, id),
  deliveries: ({ deliveries }, id) => detailOf(DeliveryDetail, deliveries.items, id),
  denied: ({ denied }, id) => detailOf(DeniedDetail, denied.items, id),
  logs: ({ logs }, id) => detailOf(LogDetail, logs.items, id),
  functions: ({ functions }, id) => detailOf(FunctionDetail, functions.items, id),
} as const satisfies Readonly<Record<Section, (inbox: Inbox, id: string) => unknown>>;

/** Draws that of the items which has this id; a function's is its name. */
function detailOf<Item extends { readonly id: string } | { readonly name: string }>(
  View: FunctionComponent<{ item: Item }>,
  items: readonly Item[],
  id: string,
) {
  const item = items.find((one) => ('id' in one ? one.id : one.name) === id);
  return item && <View item={item} />;
}
