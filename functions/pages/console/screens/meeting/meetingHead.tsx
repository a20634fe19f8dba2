import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from '../../../shared/views/icon.tsx';
import { timesIn } from '../../../shared/words/times.ts';
import type { Meeting } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { placeOf } from '../../times/zones.ts';
import { isOrganizer, mayStart } from './shownMeeting.ts';

interface MeetingHeadProps {
  readonly meeting: Meeting;
  readonly titleRef: Ref<HTMLHeadingElement>;
  readonly children: ComponentChildren;
}

/** What a meeting is, and when, with what can be done with it. */
export function MeetingHead({ meeting, titleRef, children }: MeetingHeadProps) {
  const { words, times, tag, ownZone, me } = useConsole();
  const { name, description, validSince, validUntil, timeZone, status, ddi, lobby, isPasswordProtected } = meeting;
  const own = words.meeting;
  const there = timesIn(tag, timeZone);
  const fact = (icon: IconName, text: string) => (
    <li>
      <Icon name={icon} />
      <span>{text}</span>
    </li>
  );
  const roleWords = () => {
    if (isOrganizer(meeting, me.id)) return own.organizedByYou;
    return mayStart(meeting, me) === 'yes' ? own.cohostOf : own.invitedTo;
  };
  return (
    <section class="card head">
      <div>
        <p class="soft">{roleWords()}</p>
        <h1 ref={titleRef} tabIndex={-1}>
          <bdi>{name}</bdi>
        </h1>
      </div>
      {status !== 'scheduled' && <p class="trouble">{status === 'cancelled' ? own.cancelled : own.ended}</p>}
      <div class="moment">
        <p class="date">{times.date(validSince)}</p>
        <p>{times.span(validSince, validUntil)}</p>
        {timeZone !== ownZone && (
          <p class="soft">
            {placeOf(timeZone)}: {there.span(validSince, validUntil)}
            {there.date(validSince) !== times.date(validSince) && `, ${there.date(validSince)}`}
          </p>
        )}
      </div>
      {description !== undefined && <p class="description">{description}</p>}
      <ul class="marks soft">
        {lobby && fact('door', own.lobby)}
        {isPasswordProtected && fact('lock', own.password)}
        {ddi?.pin !== undefined && fact('phone', own.byPhone(ddi.extension, ddi.pin))}
        {meeting.cohostsManage && fact('people', own.cohostsManage)}
        {!meeting.sendInvitations && fact('notice', own.silent)}
      </ul>
      {children}
    </section>
  );
}
