import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { ApiRefusal } from '../../api/apiClient.ts';
import type { Webhook } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import type { Faults } from '../../draft/draft.ts';
import { wordsOfFaults } from '../../draft/faultWords.ts';
import { CheckField, Fault, TextField } from '../../views/field.tsx';
import { Trouble } from '../../views/notice.tsx';
import { focusFirstFault } from '../form/focusFirstFault.ts';

export interface WebhookInput {
  readonly url: string;
  readonly events: readonly string[];
  /** Null where there is none. */
  readonly description: string | null;
}

interface WebhookFormProps {
  readonly title: string;
  readonly answer: string;
  /** Absent of one that is not there yet, which is told of all. */
  readonly webhook?: Webhook;
  readonly onSubmit: (input: WebhookInput) => Promise<void>;
}

/** Where another system is told, and of what. */
export function WebhookForm({ title, answer, webhook, onSubmit }: WebhookFormProps) {
  const { words } = useConsole();
  const own = words.webhooks;
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  // What a newer release tells is kept, by its own name.
  const types = [...new Set([...Object.keys(own.event), ...(webhook?.events ?? [])])];
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? types);
  const [faults, setFaults] = useState<Faults>({});
  const { busy, error, run } = useAction();
  useEffect(focusFirstFault, [faults]);
  const submit = () => {
    const missing: Faults = {
      ...(url.trim() === '' ? { '/url': words.faults.required } : {}),
      ...(events.length === 0 ? { '/events': words.faults['events-needed'] } : {}),
    };
    setFaults(missing);
    if (Object.keys(missing).length > 0) return;
    run(async () => {
      try {
        await onSubmit({
          url: url.trim(),
          events: types.filter((type) => events.includes(type)),
          description: description.trim() === '' ? null : description.trim(),
        });
      } catch (failure) {
        if (failure instanceof ApiRefusal) setFaults(wordsOfFaults(failure.faults, words));
        throw failure;
      }
    });
  };
  return (
    <form
      class="card"
      noValidate
      aria-labelledby="webhook-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 id="webhook-form">{title}</h2>
      <TextField
        id="webhook-url"
        label={own.url}
        value={url}
        onInput={setUrl}
        hint={own.urlHint}
        fault={faults['/url']}
        required
      />
      <TextField
        id="webhook-description"
        label={`${own.description} ${words.optional}`}
        value={description}
        onInput={setDescription}
        fault={faults['/description']}
      />
      <fieldset class="choices events" aria-describedby="webhook-events-fault">
        <legend>{own.events}</legend>
        {types.map((type) => (
          <CheckField
            key={type}
            id={`event-${type}`}
            label={own.event[type] ?? type}
            checked={events.includes(type)}
            onChange={(on) => setEvents(on ? [...events, type] : events.filter((other) => other !== type))}
          />
        ))}
      </fieldset>
      <Fault id="webhook-events" fault={faults['/events']} />
      <Trouble error={error} />
      <div class="actions">
        <Button look="primary" submit disabled={busy}>
          {answer}
        </Button>
      </div>
    </form>
  );
}
