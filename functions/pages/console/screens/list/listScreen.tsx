import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { Icon } from '../../../shared/views/icon.tsx';
import { maySchedule, useConsole } from '../../app/consoleView.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { Loading, Trouble } from '../../views/notice.tsx';
import { daysOf } from './days.ts';
import { MeetingRow } from './meetingRow.tsx';
import { nextMeetings, pastMeetings } from './meetings.ts';

const everyMs = 30_000;

/** The meetings that one organizes or attends. */
export function ListScreen({ which }: { readonly which: 'next' | 'past' }) {
  const { words, times, api } = useConsole();
  const { list } = words;
  const [pages, setPages] = useState(1);
  const load = () => (which === 'next' ? nextMeetings(api, pages) : pastMeetings(api));
  const { value, error, reload } = useLoaded(`${which} ${pages}`, load, everyMs);
  const tab = (href: string, name: 'next' | 'past', text: string) => (
    <a href={href} aria-current={which === name ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <div class="screen">
      <h1>{words.navigation.meetings}</h1>
      <nav class="tabs" aria-label={list.label}>
        {tab('/', 'next', list.next)}
        {tab('/past', 'past', list.past)}
      </nav>
      <Trouble error={error} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value?.meetings.length === 0 && <Empty which={which} />}
      {daysOf(value?.meetings ?? [], times.date).map(({ when, meetings }) => (
        <section key={when} class="day">
          <h2>
            <DayName when={when} />
          </h2>
          <ul class="rows">
            {meetings.map((meeting) => (
              <MeetingRow key={meeting.id} meeting={meeting} />
            ))}
          </ul>
        </section>
      ))}
      {value !== undefined && value.unreadable > 0 && <p class="soft">{list.unreadable(value.unreadable)}</p>}
      {value?.cursor !== undefined && (
        <Button look="secondary" onClick={() => setPages(pages + 1)}>
          {words.more}
        </Button>
      )}
    </div>
  );
}

function DayName({ when }: { readonly when: string }) {
  const { words, times } = useConsole();
  const day = times.date(when);
  const now = Date.now();
  if (times.isSameDay(when, now)) return <Named name={words.list.today} day={day} />;
  if (times.isSameDay(when, now + 86_400_000)) return <Named name={words.list.tomorrow} day={day} />;
  return <>{day}</>;
}

function Named({ name, day }: { readonly name: string; readonly day: string }) {
  return (
    <>
      {name} <span class="soft">{day}</span>
    </>
  );
}

function Empty({ which }: { readonly which: 'next' | 'past' }) {
  const { words, me } = useConsole();
  const { list } = words;
  return (
    <div class="empty">
      <span class="mark">
        <Icon name="calendar" />
      </span>
      <h2>{which === 'next' ? list.noneNext : list.nonePast}</h2>
      <p class="soft">{which === 'next' ? list.noneNextHint : list.nonePastHint}</p>
      {which === 'next' && maySchedule(me) && (
        <a class="button primary" href="/schedule">
          <Icon name="plus" />
          <span>{words.navigation.schedule}</span>
        </a>
      )}
    </div>
  );
}
