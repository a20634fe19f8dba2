import { Button } from '../../shared/views/button.tsx';
import { useConsole } from '../app/consoleView.ts';

interface QuestionProps {
  readonly title: string;
  readonly hint: string;
  readonly answer: string;
  readonly keep?: string;
  readonly danger?: boolean;
  readonly onAnswer: () => void;
  readonly onClose: () => void;
}

/** Asks before what others are told of, or what cannot be undone. */
export function QuestionDialog({ title, hint, answer, keep, danger = false, onAnswer, onClose }: QuestionProps) {
  const { words } = useConsole();
  return (
    <dialog
      class="question"
      aria-labelledby="question"
      aria-describedby="question-hint"
      ref={showModal}
      onClose={onClose}
    >
      <h2 id="question">{title}</h2>
      <p class="soft" id="question-hint">
        {hint}
      </p>
      <form class="answers" method="dialog">
        <Button look="secondary" submit>
          {keep ?? words.cancel}
        </Button>
        <Button look={danger ? 'danger' : 'primary'} submit onClick={onAnswer}>
          {answer}
        </Button>
      </form>
    </dialog>
  );
}

function showModal(dialog: HTMLDialogElement | null): void {
  if (dialog !== null && !dialog.open) dialog.showModal();
}
