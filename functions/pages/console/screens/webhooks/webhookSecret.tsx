import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { useConsole } from '../../app/consoleView.ts';
import { Field } from '../../views/field.tsx';

/** A secret, which the API shows this once. */
export function WebhookSecret({ secret }: { readonly secret: string }) {
  const { words, say } = useConsole();
  const own = words.webhooks;
  const title = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => title.current?.focus(), [secret]);
  const copy = () => {
    // Where the browser does not let it, what is to be copied by hand is chosen.
    const refused = () => field.current?.select();
    if (navigator.clipboard === undefined) refused();
    else navigator.clipboard.writeText(secret).then(() => say(own.secretCopied), refused);
  };
  return (
    <section class="card" aria-labelledby="webhook-secret-title">
      <h2 id="webhook-secret-title" tabIndex={-1} ref={title}>
        {own.secret}
      </h2>
      <Field id="webhook-secret" label={own.secretHint}>
        <input
          id="webhook-secret"
          type="text"
          dir="ltr"
          readOnly
          value={secret}
          ref={field}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </Field>
      <div class="actions">
        <Button look="secondary" icon="copy" onClick={copy}>
          {own.copySecret}
        </Button>
      </div>
    </section>
  );
}
