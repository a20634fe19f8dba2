import type { Meeting } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { paths } from '../../app/place.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { isDraftKept } from '../../draft/draftStorage.ts';
import { Loading, Trouble } from '../../views/notice.tsx';
import { baseStorage } from './baseStorage.ts';
import { ChangeForm } from './changeForm.tsx';

/** A meeting that is changed: begun from what it was when somebody began to type. */
export function ChangeScreen({ id }: { readonly id: string }) {
  const { words, api, storage } = useConsole();
  const bases = baseStorage(storage, id);
  const hasDraft = isDraftKept(storage, id);
  const { value, error, reload } = useLoaded(id, async () => {
    const kept = hasDraft ? bases.read() : undefined;
    if (kept !== undefined) return kept;
    const { body: meeting, etag } = await api.call<Meeting>('GET', `/meetings/${encodeURIComponent(id)}`);
    bases.keep({ meeting, etag });
    return { meeting, etag };
  });
  return (
    <div class="screen narrow">
      <a class="back" href={paths.meeting(id)}>
        ← {value?.meeting.name ?? words.back}
      </a>
      <h1>{words.form.change}</h1>
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value !== undefined && <ChangeForm base={value} bases={bases} />}
    </div>
  );
}
