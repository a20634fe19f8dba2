import type { ComponentChildren } from 'preact';
import { Button } from '../../../shared/views/button.tsx';
import { useConsole } from '../../app/consoleView.ts';
import type { Action } from '../../app/useAction.ts';
import { Trouble } from '../../views/notice.tsx';

interface DraftFormProps {
  readonly action: Pick<Action, 'busy' | 'error'>;
  /** What the button says that sends it. */
  readonly answer: string;
  /** Whether there is nothing to send. */
  readonly isIdle?: boolean;
  readonly onSubmit: () => void;
  readonly onDiscard: () => void;
  readonly children: ComponentChildren;
}

/** A form whose draft is kept until it is sent or discarded; what asks something meanwhile stands beside it, not within. */
export function DraftForm({ action, answer, isIdle = false, onSubmit, onDiscard, children }: DraftFormProps) {
  const { form } = useConsole().words;
  return (
    <form
      class="draft"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <Trouble error={action.error} />
      <div class="actions end">
        <p class="soft">{form.draftKept}</p>
        <Button look="quiet" onClick={onDiscard}>
          {form.discard}
        </Button>
        <Button look="primary" submit disabled={action.busy || isIdle}>
          {action.busy ? form.submitting : answer}
        </Button>
      </div>
    </form>
  );
}
