import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import type { KeyedWebhook, Webhook, WebhookTest } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import { Trouble } from '../../views/notice.tsx';
import { QuestionDialog } from '../../views/question.tsx';
import { writtenOutcome } from './outcome.ts';

interface WebhookActionsProps {
  readonly webhook: Webhook;
  readonly path: string;
  readonly reload: () => Promise<void>;
  /** There is a new secret, which is shown this once. */
  readonly onSecret: (secret: string) => void;
}

/** What can be done with a webhook. */
export function WebhookActions({ webhook: { url, enabled }, path, reload, onSecret }: WebhookActionsProps) {
  const { words, api, go, say } = useConsole();
  const own = words.webhooks;
  const [question, setQuestion] = useState<'renew' | 'remove'>();
  const [tested, setTested] = useState<WebhookTest>();
  const { busy, error, run } = useAction();
  const test = () =>
    run(async () => {
      setTested(undefined);
      setTested((await api.call<WebhookTest>('POST', `${path}/test`, { body: {} })).body);
    });
  const turn = () =>
    run(async () => {
      await api.call('PATCH', path, { body: { enabled: !enabled } });
      say(enabled ? own.done.off : own.done.on);
      await reload();
    });
  const renew = () =>
    run(async () => {
      const { body } = await api.call<KeyedWebhook>('POST', `${path}/secret`, { body: {} });
      await reload();
      onSecret(body.secret);
    });
  const remove = () =>
    run(async () => {
      await api.call('DELETE', path);
      say(own.done.removed);
      go('/webhooks');
    });
  return (
    <>
      <div class="actions">
        <Button look="secondary" icon="send" disabled={busy} onClick={test}>
          {own.test}
        </Button>
        <Button look="secondary" disabled={busy} onClick={turn}>
          {enabled ? own.turnOff : own.turnOn}
        </Button>
        <Button look="quiet" icon="renew" disabled={busy} onClick={() => setQuestion('renew')}>
          {own.renew}
        </Button>
        <Button look="quiet" icon="close" disabled={busy} onClick={() => setQuestion('remove')}>
          {own.remove}
        </Button>
      </div>
      <div role="status">
        {tested !== undefined && (
          <p>
            {tested.told ? own.taken : own.notTaken} {writtenOutcome(tested, words)}
          </p>
        )}
      </div>
      <Trouble error={error} />
      {question === 'renew' && (
        <QuestionDialog
          title={own.question.renew}
          hint={own.question.renewHint}
          answer={own.renew}
          onAnswer={renew}
          onClose={() => setQuestion(undefined)}
        />
      )}
      {question === 'remove' && (
        <QuestionDialog
          title={own.question.remove(url)}
          hint={own.question.removeHint}
          answer={own.question.removeAnswer}
          danger
          onAnswer={remove}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </>
  );
}
