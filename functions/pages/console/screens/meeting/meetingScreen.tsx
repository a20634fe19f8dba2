import { useEffect, useRef } from 'preact/hooks';
import type { Invitations, Meeting } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { Loading, Trouble } from '../../views/notice.tsx';
import { AnswerCard } from './answerCard.tsx';
import { AttendanceCard } from './attendanceCard.tsx';
import { MeetingActions } from './meetingActions.tsx';
import { MeetingHead } from './meetingHead.tsx';
import { PeopleTable } from './peopleTable.tsx';
import { isOrganizer, mayManage, type ShownMeeting } from './shownMeeting.ts';

/** How often it is asked what changed. */
const everyMs = 5_000;

/** One meeting. @param starting whether its organizer came to be host at once */
export function MeetingScreen({ id, starting }: { readonly id: string; readonly starting: boolean }) {
  const { api, me, words } = useConsole();
  const load = async (): Promise<ShownMeeting> => {
    const path = `/meetings/${encodeURIComponent(id)}`;
    const { body: meeting, etag } = await api.call<Meeting>('GET', path);
    const invitations = mayManage(meeting, me)
      ? (await api.call<Invitations>('GET', `${path}/invitations`)).body
      : undefined;
    return { meeting, etag, invitations };
  };
  const { value, error, reload } = useLoaded(id, load, everyMs);
  const title = useRef<HTMLHeadingElement>(null);
  const isThere = value !== undefined;
  useEffect(() => {
    if (isThere) document.title = `${value.meeting.name} – ${words.title}`;
    return () => {
      document.title = words.title;
    };
  }, [isThere, value?.meeting.name, words]);
  return (
    <div class="screen">
      <a class="back" href="/">
        ← {words.navigation.meetings}
      </a>
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value !== undefined && (
        <>
          <MeetingHead meeting={value.meeting} titleRef={title}>
            <MeetingActions shown={value} starting={starting} reload={reload} />
          </MeetingHead>
          {!isOrganizer(value.meeting, me.id) && <AnswerCard meeting={value.meeting} reload={reload} />}
          <PeopleTable shown={value} reload={reload} />
          {mayManage(value.meeting, me) && <AttendanceCard meeting={value.meeting} everyMs={everyMs} />}
        </>
      )}
    </div>
  );
}
