import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiRefusal } from '../../api/apiClient.ts';
import type { Meeting } from '../../api/replies.ts';
import { isAdmin, useConsole } from '../../app/consoleView.ts';
import { paths } from '../../app/place.ts';
import { useAction } from '../../app/useAction.ts';
import { type FactName, factsOf, mergedFacts, patchOf, type Roles, tellsOf } from '../../draft/changes.ts';
import { type Faults, inputOf } from '../../draft/draft.ts';
import { draftOf } from '../../draft/draftOf.ts';
import { draftOfFacts } from '../../draft/draftOfFacts.ts';
import { draftStorage } from '../../draft/draftStorage.ts';
import { wordsOfFaults, wordsOfOwn } from '../../draft/faultWords.ts';
import { inputOfUser } from '../../people/invitedUser.ts';
import { parsePeople } from '../../people/parsePeople.ts';
import { CheckField } from '../../views/field.tsx';
import { DraftFields } from '../form/draftFields.tsx';
import { DraftForm } from '../form/draftForm.tsx';
import { focusFirstFault } from '../form/focusFirstFault.ts';
import { faultOfPerson, PastedPeopleField } from '../form/pastedPeople.tsx';
import { useDraft } from '../form/useDraft.ts';
import { UserPicker } from '../form/userPicker.tsx';
import type { Base, baseStorage } from './baseStorage.ts';
import { CurrentPeople } from './currentPeople.tsx';
import { StaleDialog } from './staleDialog.tsx';
import { TellsSummary } from './tellsSummary.tsx';

interface ChangeFormProps {
  readonly base: Base;
  readonly bases: ReturnType<typeof baseStorage>;
}

/** What is changed, whom that concerns, and what others changed meanwhile. */
export function ChangeForm({ base: first, bases }: ChangeFormProps) {
  const { words, me, api, ownZone, storage, go, say } = useConsole();
  const { form } = words;
  const [base, setBase] = useState(first);
  const { meeting, etag } = base;
  const id = meeting.id;
  const path = `/meetings/${encodeURIComponent(id)}`;
  const kept = useMemo(
    () => draftStorage(storage, id, () => ({ ...draftOf(first.meeting, ownZone), people: '', users: [], places: [] })),
    [storage, id, first, ownZone],
  );
  const { draft, change, discard, forget } = useDraft(kept);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [roles, setRoles] = useState<Roles>({});
  const [passwordOff, setPasswordOff] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [current, setCurrent] = useState<Base>();
  const { busy, error, run, forget: forgetError } = useAction();
  useEffect(focusFirstFault, [faults]);

  const { input, faults: own } = inputOf(draft);
  const pasted = parsePeople(draft.people);
  const people = {
    removed,
    added: [...pasted.people, ...draft.users.map(inputOfUser)],
    roles,
    password: passwordOff ? null : draft.password === '' ? undefined : draft.password,
  };
  const patch = input === undefined ? {} : patchOf(meeting, factsOf(input), people);
  const staying = meeting.participants.length - removed.length;
  const isChanged = Object.keys(patch).length > 0;

  const leave = () => {
    forget();
    bases.forget();
    go(paths.meeting(id));
  };
  const submit = () => {
    setFaults(wordsOfOwn(own, words));
    if (input === undefined || pasted.unclear.length > 0 || !isChanged) return;
    run(async () => {
      try {
        await api.call('PATCH', path, { body: patch, headers: etag === undefined ? {} : { 'if-match': etag } });
        say(form.changed);
        leave();
      } catch (failure) {
        if (!(failure instanceof ApiRefusal)) throw failure;
        setFaults(wordsOfFaults(failure.faults, words));
        if (failure.code !== 'precondition-failed') throw failure;
        const { body, etag: tag } = await api.call<Meeting>('GET', path);
        setCurrent({ meeting: body, etag: tag });
      }
    });
  };
  const merge = (mine: ReadonlySet<FactName>) => {
    if (current === undefined || input === undefined) return;
    const facts = mergedFacts(factsOf(meeting), factsOf(current.meeting), factsOf(input), mine);
    change(draftOfFacts(draft, facts));
    setBase(current);
    bases.keep(current);
    setCurrent(undefined);
  };
  const discardAll = () => {
    discard();
    setRemoved([]);
    setRoles({});
    setFaults({});
    forgetError();
    leave();
  };
  return (
    <>
      <DraftForm
        action={{ busy, error }}
        answer={form.submitChange}
        isIdle={!isChanged}
        onSubmit={submit}
        onDiscard={discardAll}
      >
        <DraftFields
          draft={draft}
          change={change}
          faults={faults}
          hasPassword={meeting.isPasswordProtected}
          mayHaveCohosts={isAdmin(me) || meeting.participants.some(({ userId }) => userId !== undefined)}
        >
          <CurrentPeople
            participants={meeting.participants}
            removed={removed}
            onChange={setRemoved}
            roles={roles}
            onRoles={setRoles}
          />
          <PastedPeopleField
            label={form.added}
            text={draft.people}
            onInput={(text) => change({ people: text })}
            faults={faults}
            offset={staying}
          />
          <UserPicker
            users={draft.users}
            onChange={(users) => change({ users })}
            faultOf={(index) => faultOfPerson(faults, staying + pasted.people.length + index)}
          />
        </DraftFields>
        {meeting.isPasswordProtected && (
          <section class="card">
            <CheckField id="password-off" label={form.passwordOff} checked={passwordOff} onChange={setPasswordOff} />
          </section>
        )}
        <TellsSummary isChanged={isChanged} tells={tellsOf(meeting, patch, people)} />
      </DraftForm>
      {current !== undefined && input !== undefined && (
        <StaleDialog
          before={factsOf(meeting)}
          now={factsOf(current.meeting)}
          wanted={factsOf(input)}
          people={[meeting.participants, current.meeting.participants]}
          onMerge={merge}
          onClose={() => setCurrent(undefined)}
        />
      )}
    </>
  );
}
