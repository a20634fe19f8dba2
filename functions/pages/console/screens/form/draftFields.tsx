import type { ComponentChildren } from 'preact';
import { useConsole } from '../../app/consoleView.ts';
import type { Draft, Faults } from '../../draft/draft.ts';
import { CheckField, described, Field, TextField } from '../../views/field.tsx';
import { TimeFields } from './timeFields.tsx';

export interface DraftFieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly faults: Faults;
  /** Whether there is a password that an empty field keeps; undefined of a meeting that is not there yet. */
  readonly hasPassword?: boolean;
  /** Whether somebody in it is co-host, or can be. */
  readonly mayHaveCohosts: boolean;
  /** The fields of the people. */
  readonly children: ComponentChildren;
}

/** All that a meeting says of itself. */
export function DraftFields({ draft, change, faults, hasPassword, mayHaveCohosts, children }: DraftFieldsProps) {
  const { words, tag, settings } = useConsole();
  const { form } = words;
  const languageNames = new Intl.DisplayNames(tag, { type: 'language' });
  const passwords = settings.passwords;
  return (
    <>
      <section class="card">
        <TextField
          id="name"
          label={form.name}
          value={draft.name}
          onInput={(name) => change({ name })}
          fault={faults['/name']}
          required
        />
        {children}
      </section>
      <TimeFields draft={draft} change={change} faults={faults} />
      <section class="card">
        <h2>{form.details}</h2>
        <Field id="description" label={`${form.description} ${words.optional}`} fault={faults['/description']}>
          <textarea
            {...described('description', { fault: faults['/description'] })}
            rows={3}
            value={draft.description}
            onInput={({ currentTarget }) => change({ description: currentTarget.value })}
          />
        </Field>
        <Field id="language" label={form.language} fault={faults['/language']}>
          <select
            {...described('language', { fault: faults['/language'] })}
            value={draft.language}
            onChange={({ currentTarget }) => change({ language: currentTarget.value })}
          >
            <option value="">{form.languageDefault}</option>
            {[...new Set([...settings.languages, ...(draft.language === '' ? [] : [draft.language])])].map(
              (language) => (
                <option key={language} value={language}>
                  {languageNames.of(language)}
                </option>
              ),
            )}
          </select>
        </Field>
        {passwords !== 'none' && (
          <TextField
            id="password"
            label={`${form.password} ${words.optional}`}
            value={draft.password}
            onInput={(password) => change({ password })}
            hint={hasPassword ? form.passwordKept : form.passwordHint[passwords]}
            fault={faults['/password']}
          />
        )}
        <div class="checks">
          <CheckField id="lobby" label={form.lobby} checked={draft.lobby} onChange={(lobby) => change({ lobby })} />
          <CheckField
            id="show-answers"
            label={form.showAnswers}
            checked={draft.showAnswers}
            onChange={(showAnswers) => change({ showAnswers })}
          />
          <CheckField
            id="send-invitations"
            label={form.sendInvitations}
            checked={draft.sendInvitations}
            onChange={(sendInvitations) => change({ sendInvitations })}
          />
          {mayHaveCohosts && (
            <CheckField
              id="cohosts-manage"
              label={form.cohostsManage}
              checked={draft.cohostsManage}
              onChange={(cohostsManage) => change({ cohostsManage })}
            />
          )}
        </div>
      </section>
    </>
  );
}
