import type { ScheduleItem } from '../../inbox.ts';
import { meetingName } from '../entries.tsx';
import { useInboxView } from '../inboxView.ts';
import { formatMoment, timeLeft } from '../times.ts';
import { Facts, Heading, Part, Source } from './facts.tsx';
import { RoundIcon } from './lead.tsx';
import { meetingLink } from './meetingLink.tsx';

/** A schedule with the time that is left. */
export function ScheduleDetail({ item: schedule }: { readonly item: ScheduleItem }) {
  const { state, inbox } = useInboxView();
  const { id, dueAt, firedAt, isEnabled, expression, timeZone, target, input, meetingId } = schedule;
  const when = firedAt === undefined ? timeLeft(dueAt, state.now) : `fired ${formatMoment(firedAt, state.now)}`;
  return (
    <>
      <Heading lead={<RoundIcon name="schedules" />} title={meetingName(inbox, meetingId) ?? target}>
        <p class="soft">{`invokes ${target} at ${formatMoment(dueAt, state.now)}`}</p>
      </Heading>
      <p class="time-left" role="timer">
        {isEnabled ? when : 'disabled'}
      </p>
      <Facts
        of={[
          ['Meeting', meetingLink(inbox, meetingId)],
          ['Expression', <code key="expression">{expression}</code>],
          ['Time zone', timeZone],
          ['ARN', <code key="arn">{id}</code>],
        ]}
      />
      <Part title="Input">
        <Source label="Input of the schedule">{indentJson(input)}</Source>
      </Part>
    </>
  );
}

function indentJson(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
