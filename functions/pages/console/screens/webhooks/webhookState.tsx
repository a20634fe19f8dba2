import type { Webhook } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';

/** Whether a webhook is told of anything, and why not. */
export function WebhookState({ webhook: { enabled, off, failingSince } }: { readonly webhook: Webhook }) {
  const { words, times } = useConsole();
  const own = words.webhooks;
  return (
    <>
      <span class={`chip ${enabled ? 'accent' : 'danger'}`}>{enabled ? own.on : own.off}</span>
      {off !== undefined && (
        <span>
          {own.offReason[off.reason] ?? off.reason} {own.since(times.dateAndTime(off.since))}
        </span>
      )}
      {enabled && failingSince !== undefined && (
        <span>
          {own.failing} {own.since(times.dateAndTime(failingSince))}
        </span>
      )}
    </>
  );
}
