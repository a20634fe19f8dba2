import { useState } from 'preact/hooks';
import type { Webhook } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { Loading, Trouble } from '../../views/notice.tsx';
import { Attempts } from './attempts.tsx';
import { WebhookActions } from './webhookActions.tsx';
import { WebhookForm } from './webhookForm.tsx';
import { WebhookSecret } from './webhookSecret.tsx';
import { WebhookState } from './webhookState.tsx';

/** How often it is asked whether the receiver can be reached, in milliseconds. */
const everyMs = 5_000;

/** One webhook, for admins. */
export function WebhookScreen({ id }: { readonly id: string }) {
  const { words, api, say } = useConsole();
  const own = words.webhooks;
  const path = `/webhooks/${encodeURIComponent(id)}`;
  const { value, error, reload } = useLoaded(id, async () => (await api.call<Webhook>('GET', path)).body, everyMs);
  const [secret, setSecret] = useState<string>();
  return (
    <div class="screen narrow">
      <a class="back" href="/webhooks">
        ← {own.title}
      </a>
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value !== undefined && (
        <>
          <h1 class="address">
            <bdi>{value.url}</bdi>
          </h1>
          <section class="card" aria-label={own.state.title}>
            <p class="facts">
              <WebhookState webhook={value} />
            </p>
            <Secrets webhook={value} />
            <WebhookActions webhook={value} path={path} reload={reload} onSecret={setSecret} />
          </section>
          {secret !== undefined && <WebhookSecret secret={secret} />}
          <WebhookForm
            title={own.change}
            answer={words.save}
            webhook={value}
            onSubmit={async (body) => {
              await api.call('PATCH', path, { body });
              say(words.saved);
              await reload();
            }}
          />
          <Attempts path={path} />
        </>
      )}
    </div>
  );
}

function Secrets({ webhook: { secrets } }: { readonly webhook: Webhook }) {
  const { words, times } = useConsole();
  const own = words.webhooks;
  return (
    <ul class="soft">
      {secrets.map(({ made, until }) => (
        <li key={made}>
          {own.secretMade(times.dateAndTime(made))}
          {until !== undefined && ` ${own.secretUntil(times.dateAndTime(until))}`}
        </li>
      ))}
    </ul>
  );
}
