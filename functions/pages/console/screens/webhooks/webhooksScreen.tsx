import { useState } from 'preact/hooks';
import type { KeyedWebhook, Webhook } from '../../api/replies.ts';
import { isAdmin, useConsole } from '../../app/consoleView.ts';
import { paths } from '../../app/place.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { Loading, Trouble } from '../../views/notice.tsx';
import { WebhookForm } from './webhookForm.tsx';
import { WebhookSecret } from './webhookSecret.tsx';
import { WebhookState } from './webhookState.tsx';

/** Where other systems are told of meetings, for admins. */
export function WebhooksScreen() {
  const { words, api, me, say } = useConsole();
  const own = words.webhooks;
  const [made, setMade] = useState<KeyedWebhook>();
  const { value, error, reload } = useLoaded(
    'webhooks',
    async () => (await api.call<{ webhooks: readonly Webhook[] }>('GET', '/webhooks')).body.webhooks,
  );
  return (
    <div class="screen narrow">
      <h1>{own.title}</h1>
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {made !== undefined && <WebhookSecret secret={made.secret} />}
      {value !== undefined && <p class="soft">{value.length === 0 ? own.none : own.lead}</p>}
      {value !== undefined && value.length > 0 && (
        <ul class="rows">
          {value.map((webhook) => (
            <li key={webhook.id} class="row">
              <div class="what">
                <h2>
                  <a class="address" href={paths.webhook(webhook.id)}>
                    <bdi>{webhook.url}</bdi>
                  </a>
                </h2>
                <p class="soft facts">
                  <WebhookState webhook={webhook} />
                  {webhook.description !== undefined && <bdi>{webhook.description}</bdi>}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {isAdmin(me) && (
        <WebhookForm
          key={made?.id}
          title={own.add}
          answer={own.add}
          onSubmit={async ({ description, ...input }) => {
            const body = { ...input, ...(description === null ? {} : { description }) };
            const { body: webhook } = await api.call<KeyedWebhook>('POST', '/webhooks', { body });
            say(own.done.added);
            await reload();
            setMade(webhook);
          }}
        />
      )}
    </div>
  );
}
