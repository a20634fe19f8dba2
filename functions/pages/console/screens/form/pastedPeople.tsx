import { useMemo } from 'preact/hooks';
import { Icon } from '../../../shared/views/icon.tsx';
import { useConsole } from '../../app/consoleView.ts';
import type { Faults } from '../../draft/draft.ts';
import { parsePeople } from '../../people/parsePeople.ts';
import { described, Fault, Field } from '../../views/field.tsx';

interface PastedPeopleProps {
  readonly label: string;
  readonly text: string;
  readonly onInput: (text: string) => void;
  readonly faults: Faults;
  /** Where in what is sent these people begin. */
  readonly offset: number;
}

/** People are pasted, and shown as they were understood, each with what is wrong with them. */
export function PastedPeopleField({ label, text, onInput, faults, offset }: PastedPeopleProps) {
  const { words } = useConsole();
  const { form } = words;
  const { people, unclear } = useMemo(() => parsePeople(text), [text]);
  const fault = faults['/participants'] ?? (unclear.length > 0 ? form.unclearHint : undefined);
  return (
    <div class="pasted">
      <Field id="people" label={label} hint={form.peopleHint}>
        <textarea
          {...described('people', { hint: form.peopleHint, fault })}
          rows={5}
          spellcheck={false}
          placeholder={form.peopleExample}
          value={text}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      </Field>
      {unclear.length > 0 && (
        <ul class="unclear">
          {unclear.map((entry) => (
            <li key={entry}>{form.unclear(entry)}</li>
          ))}
        </ul>
      )}
      <Fault id="people" fault={fault} />
      {people.length > 0 && (
        <section class="understood" aria-label={form.understood}>
          <h2>
            {form.understood}: {words.people(people.length)}
          </h2>
          <ul>
            {people.map(({ name, email, phone }, index) => {
              const said = faultOfPerson(faults, offset + index);
              return (
                <li key={`${email} ${phone}`} class={said === undefined ? '' : 'wrong'}>
                  <Icon name={email === undefined ? 'phone' : 'mail'} />
                  <span>
                    {name !== undefined && <bdi class="name">{name}</bdi>}{' '}
                    <span class="soft">{[email, phone].filter((one) => one !== undefined).join(' · ')}</span>
                    {said !== undefined && <span class="said">{said}</span>}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}

/** What is wrong with one of the participants, whichever part of them it is. */
export function faultOfPerson(faults: Faults, index: number): string | undefined {
  const place = `/participants/${index}`;
  return Object.entries(faults).find(([path]) => path === place || path.startsWith(`${place}/`))?.[1];
}
