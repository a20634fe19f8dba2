import { IconButton } from '../../../shared/views/button.tsx';
import type { Participant } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { type Roles, roleOf } from '../../draft/changes.ts';
import { CohostCheck } from '../../views/cohostCheck.tsx';

interface CurrentPeopleProps {
  readonly participants: readonly Participant[];
  /** Ids of those who are to be taken off. */
  readonly removed: readonly string[];
  readonly onChange: (removed: readonly string[]) => void;
  /** What some of them become. */
  readonly roles: Roles;
  readonly onRoles: (roles: Roles) => void;
}

/** Those who take part, each of whom can be taken off; whoever is there as a user can be co-host. */
export function CurrentPeople({ participants, removed, onChange, roles, onRoles }: CurrentPeopleProps) {
  const { words } = useConsole();
  const { form, meeting } = words;
  if (participants.length === 0) return null;
  return (
    <section class="understood current" aria-label={meeting.who}>
      <h2>
        {meeting.who}: {words.people(participants.length)}
      </h2>
      <ul>
        {participants.map(({ id, name, email, phone, userId, role }) => {
          const off = removed.includes(id);
          const shown = name ?? email ?? phone ?? userId ?? id;
          const flip = () => onChange(off ? removed.filter((one) => one !== id) : [...removed, id]);
          return (
            <li key={id} class={off ? 'off' : ''}>
              <span>
                <bdi class="name">{shown}</bdi>{' '}
                <span class="soft">
                  {off ? form.takenOff : [email, phone].filter((one) => one !== undefined && one !== shown).join(' · ')}
                </span>
              </span>
              {userId !== undefined && !off && (
                <CohostCheck
                  name={shown}
                  checked={roleOf(roles, { id, role }) === 'cohost'}
                  onChange={(on) => onRoles({ ...roles, [id]: on ? 'cohost' : 'participant' })}
                />
              )}
              <IconButton
                icon={off ? 'plus' : 'close'}
                label={off ? form.keep(shown) : form.takeOff(shown)}
                onClick={flip}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
