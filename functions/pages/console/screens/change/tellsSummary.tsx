import { useConsole } from '../../app/consoleView.ts';
import type { Tells } from '../../draft/changes.ts';

/** Says before anything is sent who will be told what. */
export function TellsSummary({ isChanged, tells }: { readonly isChanged: boolean; readonly tells: Tells }) {
  const { words } = useConsole();
  const { tells: said, unchanged } = words.form;
  const lines = tells.silent
    ? [said.silent]
    : [
        ...(tells.changed > 0 ? [said.all(tells.changed)] : []),
        ...(tells.added > 0 ? [said.added(tells.added)] : []),
        ...(tells.removed > 0 ? [said.removed(tells.removed)] : []),
      ];
  return (
    <section class="card tells" aria-live="polite">
      <h2>{said.title}</h2>
      {!isChanged && <p class="soft">{unchanged}</p>}
      {isChanged && lines.length === 0 && <p>{said.nobody}</p>}
      {isChanged && lines.length > 0 && (
        <ul class="tells-list">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
