import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { Icon } from '../../../shared/views/icon.tsx';
import type { Meeting } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { paths } from '../../app/place.ts';
import { useAction } from '../../app/useAction.ts';
import { draftOf } from '../../draft/draftOf.ts';
import { draftStorage } from '../../draft/draftStorage.ts';
import { Trouble } from '../../views/notice.tsx';
import { QuestionDialog } from '../../views/question.tsx';
import { CopyLink } from './copyLink.tsx';
import { saveFile } from './saveFile.ts';
import { mayManage, mayStart, type ShownMeeting } from './shownMeeting.ts';

interface MeetingActionsProps {
  readonly shown: ShownMeeting;
  readonly starting: boolean;
  readonly reload: () => Promise<void>;
}

type Question = 'cancel' | 'again' | 'rotate';

/** What can be done with a meeting by who looks at it. */
export function MeetingActions({ shown: { meeting, etag }, starting, reload }: MeetingActionsProps) {
  const { words, api, me, storage, ownZone, go, say } = useConsole();
  const own = words.meeting;
  const [question, setQuestion] = useState<Question>();
  const { busy, error, run } = useAction();
  const path = `/meetings/${encodeURIComponent(meeting.id)}`;
  const guard = etag === undefined ? {} : { 'if-match': etag };
  const isOn = meeting.status === 'scheduled';
  const manages = mayManage(meeting, me);
  const hosts = isOn ? mayStart(meeting, me) : 'no';

  const start = () =>
    run(async () => {
      const { body } = await api.call<{ url: string }>('POST', `${path}/host-token`);
      location.assign(body.url);
    });
  useEffect(() => {
    if (starting && hosts !== 'no') start();
  }, [starting, hosts]);

  const act = (done: string, work: () => Promise<unknown>) =>
    run(async () => {
      try {
        await work();
        say(done);
      } finally {
        await reload();
      }
    });
  const answers: Readonly<Record<Question, () => void>> = {
    cancel: () => act(own.done.cancelled, () => api.call('DELETE', path, { headers: guard })),
    again: () => act(own.done.again, () => api.call('POST', `${path}/invitations`, { body: {}, headers: guard })),
    rotate: () => act(own.done.rotated, () => api.call('PATCH', path, { body: { rotateLink: true }, headers: guard })),
  };
  const useAsDraft = () => {
    const kept = draftStorage(storage, 'new', () => draftOf(meeting, ownZone));
    kept.keep(draftOf(meeting, ownZone));
    go('/schedule');
  };
  const saveCalendar = () =>
    run(async () => saveFile(await api.file(`${path}/calendar.ics`, 'text/calendar'), 'meeting.ics'));
  return (
    <>
      <Trouble error={error} />
      <div class="actions">
        {hosts !== 'no' && (
          <Button look={hosts === 'yes' ? 'primary' : 'secondary'} icon="camera" disabled={busy} onClick={start}>
            {own.start}
          </Button>
        )}
        {isOn && hosts !== 'yes' && (
          <a class="button primary" href={meeting.url} rel="noreferrer">
            <Icon name="door" />
            <span>{own.join}</span>
          </a>
        )}
        {isOn && manages && (
          <a class="button secondary" href={paths.change(meeting.id)}>
            <Icon name="edit" />
            <span>{own.change}</span>
          </a>
        )}
        {isOn && <CopyLink link={meeting.url} />}
        <Button look="quiet" icon="calendar" onClick={saveCalendar}>
          {own.calendar}
        </Button>
      </div>
      {manages && (
        <div class="actions minor">
          {isOn && (
            <>
              <Button look="quiet" icon="mail" onClick={() => setQuestion('again')}>
                {own.again}
              </Button>
              <Button look="quiet" icon="renew" onClick={() => setQuestion('rotate')}>
                {own.rotate}
              </Button>
            </>
          )}
          <Button look="quiet" icon="copy" onClick={useAsDraft}>
            {own.copy}
          </Button>
          {isOn && (
            <Button look="quiet" icon="close" onClick={() => setQuestion('cancel')}>
              {own.cancel}
            </Button>
          )}
        </div>
      )}
      {question && (
        <QuestionDialog
          {...questionWords(question, meeting, words.meeting)}
          danger={question === 'cancel'}
          onAnswer={answers[question]}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </>
  );
}

function questionWords(
  question: Question,
  { name, participants, sendInvitations }: Meeting,
  { question: said }: ReturnType<typeof useConsole>['words']['meeting'],
) {
  const count = participants.length;
  if (question === 'cancel') {
    const hint = sendInvitations ? said.cancelHint(count) : said.cancelSilentHint;
    return { title: said.cancel(name), hint, answer: said.cancelAnswer, keep: said.keep };
  }
  if (question === 'again') return { title: said.again, hint: said.againHint(count), answer: said.againAnswer };
  return { title: said.rotate, hint: said.rotateHint(sendInvitations ? count : 0), answer: said.rotateAnswer };
}
