import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import type { AttemptPage, OwedEvent } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { Loading, Trouble } from '../../views/notice.tsx';
import { writtenOutcome } from './outcome.ts';

const everyMs = 5_000;
/** As many as the API gives at most in one page. */
const mostShown = 100;
const shownAtFirst = 10;

/** What a webhook was told, or is to be, and what its receiver answered each time. */
export function Attempts({ path }: { readonly path: string }) {
  const { words, api } = useConsole();
  const own = words.webhooks;
  const [limit, setLimit] = useState(shownAtFirst);
  const { value, error, reload } = useLoaded(
    `${path} ${limit}`,
    async () => (await api.call<AttemptPage>('GET', `${path}/attempts?limit=${limit}`)).body,
    everyMs,
  );
  return (
    <section class="card" aria-labelledby="attempts-title">
      <h2 id="attempts-title">{own.attempts}</h2>
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value !== undefined && <p class="soft">{value.events.length === 0 ? own.noAttempts : own.attemptsHint}</p>}
      {value !== undefined && value.events.length > 0 && (
        <ul class="attempts">
          {value.events.map((event) => (
            <ToldEvent key={event.id} event={event} />
          ))}
        </ul>
      )}
      {value?.cursor !== undefined && limit < mostShown && (
        <div class="actions">
          <Button look="secondary" onClick={() => setLimit(mostShown)}>
            {words.more}
          </Button>
        </div>
      )}
    </section>
  );
}

function ToldEvent({ event: { type, timestamp, state, attempts } }: { readonly event: OwedEvent }) {
  const { words, times } = useConsole();
  const own = words.webhooks;
  return (
    <li>
      <span>
        <span class="name">{own.event[type] ?? type}</span>{' '}
        <span class={`chip ${state === 'told' ? 'accent' : ''}`}>{own.state[state]}</span>
      </span>
      <time class="soft" dateTime={timestamp}>
        {times.dateAndTime(timestamp)}
      </time>
      {attempts.map((attempt) => (
        <span key={attempt.at} class="soft">
          {times.time(attempt.at)}: {writtenOutcome(attempt, words)}
        </span>
      ))}
    </li>
  );
}
