import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import type { AnswerStatus, Meeting } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import { Field } from '../../views/field.tsx';
import { Trouble } from '../../views/notice.tsx';

const statuses: readonly AnswerStatus[] = ['accepted', 'tentative', 'declined'];

/** Whether somebody who is invited comes. */
export function AnswerCard({ meeting, reload }: { readonly meeting: Meeting; readonly reload: () => Promise<void> }) {
  const { words, api, say } = useConsole();
  const own = words.meeting;
  // A participant reads the whole of their own answer alone.
  const given = meeting.participants.find(({ answer }) => answer?.when !== undefined)?.answer;
  const [chosen, setChosen] = useState<AnswerStatus>();
  const [typed, setTyped] = useState<string>();
  const { busy, error, run } = useAction();
  if (meeting.status !== 'scheduled') return null;
  const status = chosen ?? (given?.status === 'needsAction' ? undefined : given?.status);
  const comment = typed ?? given?.comment ?? '';
  const send = () =>
    run(async () => {
      const body = { status, ...(comment.trim() === '' ? {} : { comment }) };
      await api.call('PUT', `/meetings/${encodeURIComponent(meeting.id)}/answer`, { body });
      say(own.answerKept);
      await reload();
    });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2>{own.yourAnswer}</h2>
      <fieldset class="choices">
        <legend class="hidden">{own.yourAnswer}</legend>
        {statuses.map((one) => (
          <label key={one}>
            <input type="radio" name="answer" checked={status === one} onChange={() => setChosen(one)} />
            <span>{own.standing[one]}</span>
          </label>
        ))}
      </fieldset>
      <Field id="comment" label={`${own.comment} ${words.optional}`}>
        <textarea
          id="comment"
          rows={2}
          maxLength={500}
          value={comment}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </Field>
      <Trouble error={error} />
      <div class="actions">
        <Button look="primary" submit disabled={busy || status === undefined}>
          {own.sendAnswer}
        </Button>
      </div>
    </form>
  );
}
