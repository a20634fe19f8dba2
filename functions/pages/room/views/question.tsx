import { Button } from '../../shared/views/button.tsx';
import type { Conference, Question } from '../state/state.ts';
import { useRoomView } from './roomView.ts';

interface QuestionDialogProps {
  readonly question: Question;
  readonly people: Conference['people'];
}

/** Asks before what cannot be undone. */
export function QuestionDialog({ question, people }: QuestionDialogProps) {
  const { words, actions } = useRoomView();
  const person = question.about === 'remove' ? people.find(({ id }) => id === question.id) : undefined;
  if (question.about === 'remove' && !person) return null;
  return (
    <dialog class="question" aria-labelledby="question" ref={showModal} onClose={() => actions.ask(undefined)}>
      <h2 id="question">{person ? words.question.remove(person.name) : words.question.end}</h2>
      <p class="soft">{person ? words.question.removeHint : words.question.endHint}</p>
      <form class="answers" method="dialog">
        <Button look="secondary" submit>
          {words.cancel}
        </Button>
        <Button look="danger" submit onClick={() => (person ? actions.remove(person.id) : actions.end())}>
          {person ? words.question.removeAnswer : words.endForAll}
        </Button>
      </form>
    </dialog>
  );
}

function showModal(dialog: HTMLDialogElement | null): void {
  dialog?.showModal();
}
