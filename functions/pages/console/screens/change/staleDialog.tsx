import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import type { Participant } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { conflictsOf, differences, type Fact, type FactName, type Facts } from '../../draft/changes.ts';

interface StaleDialogProps {
  readonly before: Facts;
  readonly now: Facts;
  readonly wanted: Facts;
  readonly people: readonly [before: readonly Participant[], now: readonly Participant[]];
  /** Takes the names of what shall hold as it was typed here. */
  readonly onMerge: (mine: ReadonlySet<FactName>) => void;
  readonly onClose: () => void;
}

/** Shows what others changed while somebody typed, and asks whose holds where both changed the same. */
export function StaleDialog({ before, now, wanted, people, onMerge, onClose }: StaleDialogProps) {
  const { words } = useConsole();
  const { form } = words;
  const { stale } = form;
  const conflicts = conflictsOf(before, now, wanted);
  const [mine, setMine] = useState<ReadonlySet<FactName>>(new Set(conflicts));
  const choose = (name: FactName, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(name);
    else next.delete(name);
    setMine(next);
  };
  const others = differences(before, now).filter((name) => !conflicts.includes(name));
  const [were, are] = people;
  return (
    <dialog
      class="question stale"
      aria-labelledby="stale"
      ref={(dialog) => void (dialog?.open === false && dialog.showModal())}
      onClose={onClose}
    >
      <h2 id="stale">{stale.title}</h2>
      <p class="soft">{stale.hint}</p>
      <ul class="changes">
        {others.map((name) => (
          <li key={name}>
            <strong>{form.fields[name]}</strong> <Shown name={name} fact={now[name]} />
          </li>
        ))}
        {(were.length !== are.length || were.some(({ id }) => !are.some((one) => one.id === id))) && (
          <li>
            <strong>{form.fields.participants}</strong> {words.people(are.length)}
          </li>
        )}
      </ul>
      {conflicts.map((name) => (
        <fieldset key={name} class="choices">
          <legend>{form.fields[name]}</legend>
          {[false, true].map((isMine) => (
            <label key={String(isMine)}>
              <input
                type="radio"
                name={name}
                checked={mine.has(name) === isMine}
                onChange={() => choose(name, isMine)}
              />
              <span>
                {isMine ? stale.mine : stale.theirs}: <Shown name={name} fact={isMine ? wanted[name] : now[name]} />
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <form class="answers" method="dialog">
        <Button look="secondary" submit>
          {words.back}
        </Button>
        <Button look="primary" onClick={() => onMerge(mine)}>
          {stale.apply}
        </Button>
      </form>
    </dialog>
  );
}

function Shown({ name, fact }: { readonly name: FactName; readonly fact: Fact }) {
  const { words, times } = useConsole();
  if (typeof fact === 'boolean') return <>{fact ? words.form.yes : words.form.no}</>;
  if (fact === '') return <>{words.form.none}</>;
  if (name === 'validSince' || name === 'validUntil') return <>{times.dateAndTime(fact)}</>;
  return <bdi>{fact}</bdi>;
}
