import { useState } from 'preact/hooks';
import { IconButton } from '../../../shared/views/button.tsx';
import { Icon } from '../../../shared/views/icon.tsx';
import type { AdministeredUser, UserPage } from '../../api/replies.ts';
import { isAdmin, useConsole } from '../../app/consoleView.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import type { InvitedUser } from '../../people/invitedUser.ts';
import { CohostCheck } from '../../views/cohostCheck.tsx';
import { described, Field } from '../../views/field.tsx';
import { Trouble } from '../../views/notice.tsx';

interface UserPickerProps {
  readonly users: readonly InvitedUser[];
  readonly onChange: (users: readonly InvitedUser[]) => void;
  /** What is wrong with one of them. */
  readonly faultOf: (index: number) => string | undefined;
  /** Whether no more than one is asked for. */
  readonly isSingle?: boolean;
}

/** Of a search so many are shown: whoever looks for another types more. */
const mostFound = 6;

/** Users of the service, each of whom can be co-host: admins find them in the directory, the others see those there are. */
export function UserPicker({ users, onChange, faultOf, isSingle = false }: UserPickerProps) {
  const { words, me } = useConsole();
  const { form } = words;
  if (!isAdmin(me) && users.length === 0) return null;
  const mend = (userId: string, part: Partial<InvitedUser>) =>
    onChange(users.map((user) => (user.userId === userId ? { ...user, ...part } : user)));
  return (
    <div class="pasted">
      {isAdmin(me) && !(isSingle && users.length > 0) && (
        <UserSearch
          taken={users.map(({ userId }) => userId)}
          onPick={(user) =>
            onChange([...users, { userId: user.id, name: user.name ?? user.username, isCohost: false }])
          }
        />
      )}
      {users.length > 0 && (
        <section class="understood current" aria-label={form.users}>
          <ul>
            {users.map(({ userId, name, isCohost }, index) => {
              const said = faultOf(index);
              return (
                <li key={userId} class={said === undefined ? '' : 'wrong'}>
                  <span>
                    <bdi class="name">{name}</bdi>
                    {said !== undefined && <span class="said">{said}</span>}
                  </span>
                  <CohostCheck name={name} checked={isCohost} onChange={(on) => mend(userId, { isCohost: on })} />
                  <IconButton
                    icon="close"
                    label={form.takeOff(name)}
                    onClick={() => onChange(users.filter((user) => user.userId !== userId))}
                  />
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}

interface UserSearchProps {
  readonly taken: readonly string[];
  readonly onPick: (user: AdministeredUser) => void;
}

function UserSearch({ taken, onPick }: UserSearchProps) {
  const { words, api } = useConsole();
  const { form, directory } = words;
  const [typed, setTyped] = useState('');
  const search = typed.trim();
  const { value, error, reload } = useLoaded(`users ${search}`, async (): Promise<readonly AdministeredUser[]> => {
    if (search === '') return [];
    const query = new URLSearchParams({ [search.includes('@') ? 'email' : 'username']: search });
    return (await api.call<UserPage>('GET', `/users?${query}`)).body.users;
  });
  const found = value?.filter(({ id }) => !taken.includes(id)).slice(0, mostFound);
  return (
    <>
      <Field id="user-search" label={`${form.users} ${words.optional}`} hint={form.usersHint}>
        <input
          {...described('user-search', { hint: form.usersHint })}
          type="search"
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={(event) => {
            // What it stands in is not sent by who looks for somebody.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      </Field>
      <Trouble error={error} onRetry={reload} />
      <div role="status">{search !== '' && found?.length === 0 && <p class="soft">{directory.none}</p>}</div>
      {found !== undefined && found.length > 0 && (
        <ul class="found">
          {found.map((user) => (
            <li key={user.id}>
              <button
                class="button quiet"
                type="button"
                aria-label={form.inviteNamed(user.name ?? user.username)}
                onClick={() => {
                  onPick(user);
                  setTyped('');
                  document.getElementById('user-search')?.focus();
                }}
              >
                <Icon name="plus" />
                <span>
                  <bdi>{user.name ?? user.username}</bdi>
                  {user.email !== undefined && <span class="soft"> {user.email}</span>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
