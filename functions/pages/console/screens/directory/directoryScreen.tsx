import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import type { ApiClient } from '../../api/apiClient.ts';
import type { AdministeredUser, UserPage } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { paths } from '../../app/place.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { TextField } from '../../views/field.tsx';
import { Loading, Trouble } from '../../views/notice.tsx';

/** The users, for admins. */
export function DirectoryScreen() {
  const { words, api } = useConsole();
  const { directory } = words;
  const [search, setSearch] = useState('');
  const [pages, setPages] = useState(1);
  const { value, error, reload } = useLoaded(`${search} ${pages}`, () => usersOf(api, search.trim(), pages));
  return (
    <div class="screen">
      <h1>{directory.title}</h1>
      <TextField
        id="search"
        type="search"
        label={directory.search}
        value={search}
        onInput={(text) => {
          setSearch(text);
          setPages(1);
        }}
      />
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value?.users.length === 0 && <p class="soft">{directory.none}</p>}
      {value !== undefined && value.users.length > 0 && (
        <ul class="rows">
          {value.users.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </ul>
      )}
      {value?.cursor !== undefined && (
        <Button look="secondary" onClick={() => setPages(pages + 1)}>
          {words.more}
        </Button>
      )}
    </div>
  );
}

function UserRow({ user: { id, username, email, capabilities } }: { readonly user: AdministeredUser }) {
  const { words } = useConsole();
  return (
    <li class="row">
      <div class="what">
        <h2>
          <a href={paths.user(id)}>
            <bdi>{username}</bdi>
          </a>
        </h2>
        <p class="soft facts">
          {email !== undefined && <span>{email}</span>}
          {capabilities.map((one) => (
            <span key={one} class="chip accent">
              {words.self.capability[one] ?? one}
            </span>
          ))}
        </p>
      </div>
    </li>
  );
}

async function usersOf(api: ApiClient, search: string, pages: number): Promise<UserPage> {
  const users: AdministeredUser[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pages; page++) {
    const query = new URLSearchParams({
      ...(search === '' ? {} : { [search.includes('@') ? 'email' : 'username']: search }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const { body } = await api.call<UserPage>('GET', `/users?${query}`);
    users.push(...body.users);
    cursor = body.cursor;
    if (cursor === undefined) break;
  }
  return { users, ...(cursor === undefined ? {} : { cursor }) };
}
