import { useState } from 'preact/hooks';
import { IconButton } from '../../../shared/views/button.tsx';
import type { Meeting, Participant } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import type { Action } from '../../app/useAction.ts';
import { QuestionDialog } from '../../views/question.tsx';

interface TakeOffProps {
  readonly meeting: Meeting;
  readonly person: Participant;
  /** Whether anything was sent to them, or is to be. */
  readonly isInvited: boolean;
  readonly action: Action;
  /** They are off. */
  readonly onDone: () => Promise<void>;
}

/** Takes one person off, who alone is told. */
export function TakeOff({ meeting, person, isInvited, action: { busy, run }, onDone }: TakeOffProps) {
  const { words, api, say } = useConsole();
  const { question } = words.meeting;
  const [asking, setAsking] = useState(false);
  const name = person.name ?? person.email ?? person.phone ?? person.userId ?? person.id;
  const takeOff = () =>
    run(async () => {
      const path = `/meetings/${encodeURIComponent(meeting.id)}/participants/${encodeURIComponent(person.id)}`;
      await api.call('DELETE', path);
      say(words.meeting.done.takenOff(name));
      await onDone();
    });
  return (
    <>
      <IconButton icon="close" label={words.form.takeOff(name)} onClick={() => !busy && setAsking(true)} />
      {asking && (
        <QuestionDialog
          title={question.takeOff(name)}
          hint={meeting.sendInvitations && isInvited ? question.takeOffHint : question.takeOffSilentHint}
          answer={question.takeOffAnswer}
          danger
          onAnswer={takeOff}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
