import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { ApiRefusal } from '../../api/apiClient.ts';
import type { Me } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import type { Faults } from '../../draft/draft.ts';
import { wordsOfFaults } from '../../draft/faultWords.ts';
import { described, Field, TextField } from '../../views/field.tsx';
import { Trouble } from '../../views/notice.tsx';
import { focusFirstFault } from '../form/focusFirstFault.ts';
import { Devices } from './devices.tsx';

/** Oneself, as far as one may say it. */
export function SelfScreen({ onProfile }: { readonly onProfile: (me: Me) => void }) {
  const { words, me, signOut } = useConsole();
  const { self } = words;
  const may = me.capabilities.map((one) => self.capability[one] ?? one);
  return (
    <div class="screen narrow">
      <h1>{self.title}</h1>
      <section class="card">
        <dl class="facts-list">
          <dt>{self.username}</dt>
          <dd>{me.username}</dd>
          {me.email !== undefined && (
            <>
              <dt>{self.email}</dt>
              <dd>{me.email}</dd>
            </>
          )}
          {me.mobilePhone !== undefined && (
            <>
              <dt>{self.phone}</dt>
              <dd>{me.mobilePhone}</dd>
            </>
          )}
          <dt>{self.capabilities}</dt>
          <dd>{may.length === 0 ? self.noCapability : may.join(', ')}</dd>
        </dl>
        <div class="actions">
          <Button look="secondary" icon="leave" onClick={signOut}>
            {words.signIn.out}
          </Button>
        </div>
      </section>
      <ProfileForm onProfile={onProfile} />
      <Devices />
    </div>
  );
}

function ProfileForm({ onProfile }: { readonly onProfile: (me: Me) => void }) {
  const { words, me, api, tag, settings, say } = useConsole();
  const { self } = words;
  const [alias, setAlias] = useState(me.alias ?? '');
  const [language, setLanguage] = useState(me.language ?? '');
  const [landLine, setLandLine] = useState(me.landLineNumber ?? '');
  const [faults, setFaults] = useState<Faults>({});
  const { busy, error, run } = useAction();
  useEffect(focusFirstFault, [faults]);
  const languageNames = new Intl.DisplayNames(tag, { type: 'language' });
  const languages = [...new Set([...settings.languages, ...(me.language === undefined ? [] : [me.language])])];
  const save = () =>
    run(async () => {
      setFaults({});
      try {
        const body = {
          alias: orNull(alias),
          language: orNull(language),
          landLineNumber: orNull(landLine.replace(/[\s().-]/g, '')),
        };
        onProfile((await api.call<Me>('PATCH', '/users/me', { body })).body);
        say(words.saved);
      } catch (failure) {
        if (failure instanceof ApiRefusal) {
          const taken: Faults = failure.code === 'alias-taken' ? { '/alias': words.faults['alias-taken'] } : {};
          setFaults({ ...wordsOfFaults(failure.faults, words), ...taken });
        }
        throw failure;
      }
    });
  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        id="alias"
        label={`${self.alias} ${words.optional}`}
        value={alias}
        onInput={setAlias}
        hint={self.aliasHint}
        fault={faults['/alias']}
      />
      <Field id="own-language" label={self.language} fault={faults['/language']}>
        <select
          {...described('own-language', { fault: faults['/language'] })}
          value={language}
          onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
        >
          <option value="">{self.languageDefault}</option>
          {languages.map((one) => (
            <option key={one} value={one}>
              {languageNames.of(one)}
            </option>
          ))}
        </select>
      </Field>
      <TextField
        id="land-line"
        type="tel"
        label={`${self.landLine} ${words.optional}`}
        value={landLine}
        onInput={setLandLine}
        fault={faults['/landLineNumber']}
      />
      <Trouble error={Object.keys(faults).length > 0 ? undefined : error} />
      <div class="actions">
        <Button look="primary" submit disabled={busy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
