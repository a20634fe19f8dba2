import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { Button } from '../../shared/views/button.tsx';
import {
  type AnswerField,
  type Answering,
  answerStatuses,
  comingTimes,
  fieldOf,
  localTime,
  longestComment,
} from '../answering/answering.ts';
import type { RoomPageState } from '../state/state.ts';
import { Trouble } from './devices.tsx';
import { useRoomView } from './roomView.ts';

interface QuestionProps {
  readonly state: Pick<RoomPageState, 'answering' | 'now'>;
}

/** Whether one can make it, of whoever comes by their own link. */
export function AnswerQuestion({ state: { answering, now } }: QuestionProps) {
  const { words } = useRoomView();
  if (!answering) return null;
  return (
    <section class="answering" aria-label={words.answer.ask}>
      {answering.isEditing ? (
        <AnswerForm answering={answering} now={now} />
      ) : (
        <AnswerShown answering={answering} now={now} />
      )}
    </section>
  );
}

/** The same where there is something else to do: one line, unless a letter has chosen the answer. */
export function QuietAnswerQuestion({ state }: QuestionProps) {
  const { words } = useRoomView();
  const { answering } = state;
  if (!answering) return null;
  const { given, isChosen } = answering;
  return (
    <details class="quiet-answering" open={isChosen}>
      <summary>{given ? words.answer.yours(words.answer.status[given.status]) : words.answer.ask}</summary>
      <AnswerQuestion state={state} />
    </details>
  );
}

interface AnsweringProps {
  readonly answering: Answering;
  readonly now: number;
}

function AnswerShown({ answering: { given }, now }: AnsweringProps) {
  const { words, times, actions } = useRoomView();
  if (!given) return null;
  return (
    <>
      <h2 id="answer" tabIndex={-1}>
        {words.answer.yours(words.answer.status[given.status])}
      </h2>
      {given.comment !== '' && (
        <p class="comment" dir="auto">
          {given.comment}
        </p>
      )}
      {comingTimes(given, now).map(({ validSince }) => (
        <p class="soft" key={validSince}>
          {words.answer.proposed(times.dateAndTime(validSince))}
        </p>
      ))}
      <Button look="secondary" onClick={actions.changeAnswer}>
        {words.answer.change}
      </Button>
    </>
  );
}

function AnswerForm({ answering, now }: AnsweringProps) {
  const { words, actions } = useRoomView();
  const { given, earlier, isChosen, isSending, fault } = answering;
  const send = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const time = event.currentTarget.elements.namedItem('time');
    // No event tells of a part that was typed.
    if (time instanceof HTMLInputElement) actions.typeAnswer({ isTimeIncomplete: time.validity.badInput });
    actions.sendAnswer();
  };
  return (
    <form noValidate onSubmit={send}>
      <Choices answering={answering} />
      {given && <p class="soft">{words.answer.before(words.answer.status[given.status])}</p>}
      {earlier && <p class="soft">{words.answer.earlier(words.answer.status[earlier.status])}</p>}
      <CommentField answering={answering} />
      <TimeField answering={answering} now={now} />
      {fault && !fieldOf(fault) && <Trouble id="answer-fault" text={words.answer.fault[fault]} />}
      {isChosen && <p>{words.answer.notSent}</p>}
      <Button look="primary" submit disabled={isSending}>
        {isSending ? words.sending : words.answer.send}
      </Button>
    </form>
  );
}

function Choices({ answering }: Pick<AnsweringProps, 'answering'>) {
  const { words, actions } = useRoomView();
  const { typed } = answering;
  return (
    <fieldset>
      <legend>{words.answer.ask}</legend>
      <div class="statuses">
        {answerStatuses.map((status) => (
          <label key={status}>
            <input
              type="radio"
              name="answer"
              value={status}
              checked={typed.status === status}
              {...faultAt('status', answering)}
              onChange={() => actions.typeAnswer({ status })}
            />
            <span>{words.answer.status[status]}</span>
          </label>
        ))}
      </div>
      <FieldFault field="status" answering={answering} />
    </fieldset>
  );
}

function CommentField({ answering }: Pick<AnsweringProps, 'answering'>) {
  const { words, actions } = useRoomView();
  const { comment } = answering.typed;
  return (
    <Field name="comment" label={words.answer.comment} answering={answering}>
      <textarea
        id="answer-comment"
        rows={2}
        dir="auto"
        value={comment}
        {...faultAt('comment', answering)}
        onInput={({ currentTarget }) => actions.typeAnswer({ comment: currentTarget.value })}
      />
      {comment.length > longestComment - 50 && (
        <p class="soft">{words.answer.length(comment.length, longestComment)}</p>
      )}
    </Field>
  );
}

function TimeField({ answering, now }: AnsweringProps) {
  const { words, actions } = useRoomView();
  return (
    <Field name="time" label={words.answer.time} answering={answering}>
      <input
        id="answer-time"
        name="time"
        type="datetime-local"
        min={localTime(new Date(now).toISOString())}
        value={answering.typed.time}
        {...faultAt('time', answering)}
        onInput={({ currentTarget }) => actions.typeAnswer({ time: currentTarget.value })}
      />
    </Field>
  );
}

interface FieldProps extends Pick<AnsweringProps, 'answering'> {
  readonly name: AnswerField;
  readonly label: string;
  readonly children: ComponentChildren;
}

function Field({ name, label, answering, children }: FieldProps) {
  return (
    <div class="field">
      <label for={`answer-${name}`}>{label}</label>
      {children}
      <FieldFault field={name} answering={answering} />
    </div>
  );
}

function FieldFault({
  field,
  answering: { fault },
}: Pick<AnsweringProps, 'answering'> & { readonly field: AnswerField }) {
  const { words } = useRoomView();
  return fault && fieldOf(fault) === field ? <Trouble id="answer-fault" text={words.answer.fault[fault]} /> : null;
}

function faultAt(field: AnswerField, { fault }: Answering) {
  return fieldOf(fault) === field ? ({ 'aria-invalid': true, 'aria-describedby': 'answer-fault' } as const) : {};
}
