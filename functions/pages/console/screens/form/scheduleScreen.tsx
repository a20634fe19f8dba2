import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ApiRefusal } from '../../api/apiClient.ts';
import type { Meeting } from '../../api/replies.ts';
import { isAdmin, maySchedule, useConsole } from '../../app/consoleView.ts';
import { paths } from '../../app/place.ts';
import { useAction } from '../../app/useAction.ts';
import { type Faults, inputOf, newDraft } from '../../draft/draft.ts';
import { draftStorage } from '../../draft/draftStorage.ts';
import { wordsOfFaults, wordsOfOwn } from '../../draft/faultWords.ts';
import { parsePeople } from '../../people/parsePeople.ts';
import { DraftFields } from './draftFields.tsx';
import { DraftForm } from './draftForm.tsx';
import { focusFirstFault } from './focusFirstFault.ts';
import { faultOfPerson, PastedPeopleField } from './pastedPeople.tsx';
import { useDraft } from './useDraft.ts';
import { UserPicker } from './userPicker.tsx';

/** A new meeting. */
export function ScheduleScreen() {
  const { words, me } = useConsole();
  return (
    <div class="screen narrow">
      <h1>{words.form.schedule}</h1>
      {maySchedule(me) ? (
        <ScheduleForm />
      ) : (
        <p class="trouble" role="alert">
          {words.problems['capability-missing']}
        </p>
      )}
    </div>
  );
}

function ScheduleForm() {
  const { words, me, api, ownZone, storage, go, say } = useConsole();
  const { form } = words;
  const kept = useMemo(() => draftStorage(storage, 'new', () => newDraft(ownZone, Date.now())), [storage, ownZone]);
  const { draft, change, discard, forget } = useDraft(kept);
  const [faults, setFaults] = useState<Faults>({});
  const { busy, error, run, forget: forgetError } = useAction();
  const call = useRef({ body: '', key: '' });
  useEffect(focusFirstFault, [faults]);

  const submit = () => {
    const { input, faults: own } = inputOf(draft);
    setFaults(wordsOfOwn(own, words));
    if (input === undefined || parsePeople(draft.people).unclear.length > 0) return;
    const body = JSON.stringify(input);
    // The same call sent twice, as after a network that was lost, makes one meeting.
    if (call.current.body !== body) call.current = { body, key: crypto.randomUUID() };
    run(async () => {
      try {
        const headers = { 'idempotency-key': call.current.key };
        const { body: meeting } = await api.call<Meeting>('POST', '/meetings', { body: input, headers });
        forget();
        say(form.scheduled);
        go(paths.meeting(meeting.id));
      } catch (failure) {
        if (failure instanceof ApiRefusal) setFaults(wordsOfFaults(failure.faults, words));
        throw failure;
      }
    });
  };
  const discardAll = () => {
    discard();
    setFaults({});
    forgetError();
  };
  return (
    <DraftForm
      action={{ busy, error }}
      answer={draft.sendInvitations ? form.submit : form.submitSilent}
      onSubmit={submit}
      onDiscard={discardAll}
    >
      <DraftFields draft={draft} change={change} faults={faults} mayHaveCohosts={isAdmin(me) || draft.users.length > 0}>
        <PastedPeopleField
          label={form.people}
          text={draft.people}
          onInput={(people) => change({ people })}
          faults={faults}
          offset={0}
        />
        <UserPicker
          users={draft.users}
          onChange={(users) => change({ users })}
          faultOf={(index) => faultOfPerson(faults, parsePeople(draft.people).people.length + index)}
        />
      </DraftFields>
    </DraftForm>
  );
}
