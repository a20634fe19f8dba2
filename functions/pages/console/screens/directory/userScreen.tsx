import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import type { AdministeredUser } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { CheckField } from '../../views/field.tsx';
import { Loading, Trouble } from '../../views/notice.tsx';
import { QuestionDialog } from '../../views/question.tsx';

const capabilities = ['meetings', 'admin', 'dial-in'] as const;

/** One user, for admins. */
export function UserScreen({ id }: { readonly id: string }) {
  const { words, api } = useConsole();
  const path = `/users/${encodeURIComponent(id)}`;
  const { value, error, reload } = useLoaded(id, async () => (await api.call<AdministeredUser>('GET', path)).body);
  return (
    <div class="screen narrow">
      <a class="back" href="/directory">
        ← {words.directory.title}
      </a>
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value !== undefined && (
        <>
          <h1>
            <bdi>{value.username}</bdi>
          </h1>
          <UserFacts user={value} />
          <Granting user={value} path={path} reload={reload} />
        </>
      )}
    </div>
  );
}

function UserFacts({ user }: { readonly user: AdministeredUser }) {
  const { words, times } = useConsole();
  const { directory, self } = words;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [directory.id, user.id],
    [self.email, user.email],
    [self.phone, user.mobilePhone],
    [self.landLine, user.landLineNumber],
    [self.alias, user.alias],
    [directory.lastLogin, user.lastLogin === undefined ? directory.never : times.dateAndTime(user.lastLogin)],
    [
      directory.capabilities,
      user.capabilities.map((one) => self.capability[one] ?? one).join(', ') || self.noCapability,
    ],
  ];
  return (
    <section class="card">
      <dl class="facts-list">
        {facts.map(
          ([name, text]) =>
            text !== undefined && (
              <>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </>
            ),
        )}
      </dl>
    </section>
  );
}

interface GrantingProps {
  readonly user: AdministeredUser;
  readonly path: string;
  readonly reload: () => Promise<void>;
}

/** What an admin gives a user, or takes from them. */
function Granting({ user, path, reload }: GrantingProps) {
  const { words, api, me, go, say } = useConsole();
  const { directory, self } = words;
  const [granted, setGranted] = useState(user.granted);
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useAction();
  const save = () =>
    run(async () => {
      const { alias, language, landLineNumber } = user;
      // A PUT says all that an admin says of a user.
      const kept = Object.entries({ alias, language, landLineNumber }).filter(([, value]) => value !== undefined);
      await api.call('PUT', path, { body: { capabilities: granted, ...Object.fromEntries(kept) } });
      say(words.saved);
      await reload();
    });
  const remove = () =>
    run(async () => {
      await api.call('DELETE', path);
      say(directory.removed);
      go('/directory');
    });
  return (
    <section class="card">
      <h2>{directory.granted}</h2>
      <p class="soft">{directory.grantedHint}</p>
      <div class="checks">
        {capabilities.map((one) => (
          <CheckField
            key={one}
            id={`grant-${one}`}
            label={self.capability[one] ?? one}
            checked={granted.includes(one)}
            onChange={(on) => setGranted(on ? [...granted, one] : granted.filter((other) => other !== one))}
          />
        ))}
      </div>
      <Trouble error={error} />
      <div class="actions">
        <Button look="primary" disabled={busy} onClick={save}>
          {words.save}
        </Button>
        {user.id !== me.id && (
          <Button look="quiet" icon="remove" disabled={busy} onClick={() => setAsking(true)}>
            {directory.remove}
          </Button>
        )}
      </div>
      {asking && (
        <QuestionDialog
          title={directory.removeQuestion(user.username)}
          hint={directory.removeHint}
          answer={directory.removeAnswer}
          danger
          onAnswer={remove}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
