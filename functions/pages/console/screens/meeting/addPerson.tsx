import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { ApiRefusal } from '../../api/apiClient.ts';
import type { Meeting } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import type { Faults } from '../../draft/draft.ts';
import { wordsOfFaults } from '../../draft/faultWords.ts';
import { type InvitedUser, inputOfUser } from '../../people/invitedUser.ts';
import { TextField } from '../../views/field.tsx';
import { Trouble } from '../../views/notice.tsx';
import { focusFirstFault } from '../form/focusFirstFault.ts';
import { UserPicker } from '../form/userPicker.tsx';

interface AddPersonProps {
  readonly meeting: Meeting;
  readonly reload: () => Promise<void>;
  readonly onClose: () => void;
}

const nobody = { name: '', email: '', phone: '' };

/** One person more, who alone is told. */
export function AddPerson({ meeting, reload, onClose }: AddPersonProps) {
  const { words, api, say } = useConsole();
  const own = words.meeting.adding;
  const [typed, setTyped] = useState(nobody);
  const [users, setUsers] = useState<readonly InvitedUser[]>([]);
  const [faults, setFaults] = useState<Faults>({});
  const { busy, error, run } = useAction();
  useEffect(focusFirstFault, [faults]);
  const [user] = users;
  const add = () => {
    const body = user === undefined ? personOf(typed) : inputOfUser(user);
    setFaults({});
    if (user === undefined && typed.email.trim() === '' && typed.phone.trim() === '') {
      setFaults({ '/email': words.faults['address-needed'] });
      return;
    }
    run(async () => {
      try {
        const path = `/meetings/${encodeURIComponent(meeting.id)}/participants`;
        const { status } = await api.call('POST', path, { body });
        say(status === 200 ? own.there : meeting.sendInvitations ? own.done : own.doneSilent);
        setTyped(nobody);
        setUsers([]);
        await reload();
      } catch (failure) {
        if (failure instanceof ApiRefusal) setFaults(wordsOfFaults(failure.faults, words));
        throw failure;
      }
    });
  };
  const field = (name: keyof typeof nobody, label: string, fault: string | undefined) => (
    <TextField
      id={`add-${name}`}
      type={name === 'phone' ? 'tel' : 'text'}
      label={label}
      value={typed[name]}
      onInput={(text) => setTyped({ ...typed, [name]: text })}
      fault={fault}
    />
  );
  return (
    <form
      class="adding"
      noValidate
      aria-label={own.title}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      {user === undefined && (
        <div class="columns">
          {field('name', `${own.name} ${words.optional}`, faults['/name'])}
          {field('email', own.email, faults['/email'] ?? faults[''])}
          {field('phone', own.phone, faults['/phone'])}
        </div>
      )}
      <UserPicker
        isSingle
        users={users}
        onChange={setUsers}
        faultOf={() => faults['/userId'] ?? faults['/role'] ?? faults['']}
      />
      <p class="soft">{meeting.sendInvitations ? own.tells : own.tellsNobody}</p>
      <Trouble error={error} />
      <div class="actions">
        <Button look="primary" submit disabled={busy}>
          {own.submit}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {words.close}
        </Button>
      </div>
    </form>
  );
}

function personOf({ name, email, phone }: typeof nobody) {
  const number = phone.replace(/[\s().-]/g, '').replace(/^00/, '+');
  return {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(email.trim() === '' ? {} : { email: email.trim() }),
    ...(number === '' ? {} : { phone: number }),
  };
}
