import { useRef, useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { Icon } from '../../../shared/views/icon.tsx';
import type { Delivery, Invited, Participant } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import { Trouble } from '../../views/notice.tsx';
import { AddPerson } from './addPerson.tsx';
import { PersonName } from './personName.tsx';
import { shownDelivery } from './shownDelivery.ts';
import type { ShownMeeting } from './shownMeeting.ts';
import { TakeOff } from './takeOff.tsx';

interface PeopleTableProps {
  readonly shown: ShownMeeting;
  readonly reload: () => Promise<void>;
}

/** Who takes part: who was told, and what they answered; who manages the meeting adds people, and takes them off. */
export function PeopleTable({ shown: { meeting, invitations }, reload }: PeopleTableProps) {
  const { words } = useConsole();
  const own = words.meeting;
  const { accepted, tentative, declined, needsAction } = meeting.answers;
  const told = new Map(invitations?.participants.map((invited) => [invited.id, invited.deliveries]));
  const { participants } = meeting;
  const title = useRef<HTMLHeadingElement>(null);
  const [adding, setAdding] = useState(false);
  const removal = useAction();
  const mayChange = invitations !== undefined && meeting.status === 'scheduled';
  const onTakenOff = async () => {
    await reload();
    // What was asked with is gone along with its row.
    title.current?.focus();
  };
  return (
    <section class="card people">
      <div class="title">
        <h2 id="people-title" ref={title} tabIndex={-1}>
          {own.who} <span class="soft">{participants.length}</span>
        </h2>
        {participants.length > 0 && <p class="soft">{own.summary(accepted, tentative, declined, needsAction)}</p>}
      </div>
      {participants.length === 0 && <p class="soft">{own.nobody}</p>}
      {participants.length > 0 && (
        <table aria-labelledby="people-title">
          <thead>
            <tr>
              <th scope="col">{own.person}</th>
              {invitations && <th scope="col">{own.told}</th>}
              <th scope="col">{own.answer}</th>
              {mayChange && (
                <th scope="col">
                  <span class="hidden">{own.change}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {participants.map((person) => (
              <tr key={person.id}>
                <th scope="row">
                  <PersonName person={person} />
                  {person.role === 'cohost' && <span class="chip">{own.cohost}</span>}
                </th>
                {invitations && (
                  <td data-label={own.told}>
                    <Told deliveries={told.get(person.id) ?? []} />
                  </td>
                )}
                <td data-label={own.answer}>
                  <GivenAnswer person={person} />
                </td>
                {mayChange && (
                  <td class="take-off">
                    <TakeOff
                      meeting={meeting}
                      person={person}
                      isInvited={(told.get(person.id) ?? []).some(({ kind }) => kind === 'invitation')}
                      action={removal}
                      onDone={onTakenOff}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Trouble error={removal.error} />
      {mayChange && !adding && (
        <div class="actions">
          <Button look="secondary" icon="plus" onClick={() => setAdding(true)}>
            {own.adding.title}
          </Button>
        </div>
      )}
      {mayChange && adding && <AddPerson meeting={meeting} reload={reload} onClose={() => setAdding(false)} />}
      {invitations !== undefined && invitations.removed.length > 0 && <Removed removed={invitations.removed} />}
      {meeting.status === 'scheduled' && <p class="soft live">{own.live}</p>}
    </section>
  );
}

/** The last word on each channel; reminders are told apart by nothing that a list has room for. */
function Told({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const { words } = useConsole();
  const own = words.meeting;
  const told = deliveries.filter(({ kind }) => kind === 'invitation');
  if (told.length === 0) return <span class="soft">{own.noChannel}</span>;
  return (
    <ul class="told">
      {told.map((delivery) => {
        const { channel } = delivery;
        const { what, look, at } = shownDelivery(delivery);
        return (
          <li key={channel} class={`chip ${look}`}>
            {look === 'accent' && <Icon name="check" />}
            <span>
              {own.channel[channel] ?? channel}:{' '}
              {'word' in what ? (own.provider[what.word] ?? what.word) : (own.state[what.state] ?? what.state)}
              {'state' in what && what.reason !== undefined && ` (${own.reason(what.reason)})`}
            </span>
            {at !== undefined && <When instant={at} />}
          </li>
        );
      })}
    </ul>
  );
}

function When({ instant }: { readonly instant: string }) {
  const { times } = useConsole();
  return <time dateTime={instant}>{times.time(instant)}</time>;
}

function GivenAnswer({ person: { answer } }: { readonly person: Participant }) {
  const { words, times } = useConsole();
  const own = words.meeting;
  if (answer === undefined) return null;
  return (
    <>
      <span class={`standing ${answer.status}`}>{own.standing[answer.status]}</span>
      {answer.earlier && <span class="soft">{own.earlier(own.standing[answer.earlier.status])}</span>}
      {answer.comment !== undefined && <q>{answer.comment}</q>}
      {answer.proposed?.map(({ validSince }) => (
        <span key={validSince} class="soft">
          {own.proposed(times.dateAndTime(validSince))}
        </span>
      ))}
    </>
  );
}

function Removed({ removed }: { readonly removed: readonly Invited[] }) {
  const { words } = useConsole();
  return (
    <details>
      <summary>
        {words.meeting.removed} <span class="soft">{removed.length}</span>
      </summary>
      <ul class="removed">
        {removed.map((person) => (
          <li key={person.id}>
            <span>
              <PersonName person={person} />
            </span>
            <Told deliveries={person.deliveries} />
          </li>
        ))}
      </ul>
    </details>
  );
}
