import { Button } from '../../../shared/views/button.tsx';
import { ApiRefusal } from '../../api/apiClient.ts';
import type { Attendance, Meeting, Seen, Visit } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { writtenDuration } from '../../times/duration.ts';
import { Trouble } from '../../views/notice.tsx';
import { PersonName } from './personName.tsx';
import { saveFile } from './saveFile.ts';

interface AttendanceCardProps {
  readonly meeting: Meeting;
  /** How often it is asked, in milliseconds, while the meeting is on. */
  readonly everyMs: number;
}

/** Milliseconds before its start that a room opens at the earliest (the setting `openBefore`). */
const earliestMs = 24 * 3_600_000;

/** Who was in the room, for who manages the meeting: from when on somebody can be there. */
export function AttendanceCard({ meeting, everyMs }: AttendanceCardProps) {
  return Date.parse(meeting.validSince) - earliestMs > Date.now() ? null : <Came meeting={meeting} everyMs={everyMs} />;
}

function Came({ meeting, everyMs }: AttendanceCardProps) {
  const { api, words } = useConsole();
  const path = `/meetings/${encodeURIComponent(meeting.id)}/attendance`;
  // Asked once more when it has ended: then all have left.
  const { value, error, reload } = useLoaded<Attendance | 'unknown'>(
    `${meeting.id} ${meeting.status}`,
    async () => {
      try {
        return (await api.call<Attendance>('GET', path)).body;
      } catch (refusal) {
        if (refusal instanceof ApiRefusal && refusal.code === 'attendance-unavailable') return 'unknown';
        throw refusal;
      }
    },
    meeting.status === 'scheduled' ? everyMs : undefined,
  );
  const { busy, error: failure, run } = useAction();
  const own = words.meeting.attendance;
  const download = () => run(async () => saveFile(await api.file(path, 'text/csv'), 'attendance.csv'));
  const hasBegun = meeting.status !== 'cancelled' && Date.parse(meeting.validSince) <= Date.now();
  const isKnown = value !== undefined && value !== 'unknown';
  const came = isKnown ? peopleOf(value, meeting).filter(({ seen }) => seen.seen) : [];
  if (!hasBegun && came.length === 0) return null;
  return (
    <section class="card people came" aria-labelledby="came-title">
      <div class="title">
        <h2 id="came-title">
          {own.title} {came.length > 0 && <span class="soft">{came.length}</span>}
        </h2>
        {isKnown && <p class="soft">{own.summary(value.summary.seen, value.summary.invited, value.summary.others)}</p>}
      </div>
      <Trouble error={error} onRetry={reload} />
      {value === 'unknown' && <p class="soft">{words.problems['attendance-unavailable']}</p>}
      {isKnown && came.length === 0 && <p class="soft">{meeting.status === 'ended' ? own.nobody : own.nobodyYet}</p>}
      {came.length > 0 && <CameTable came={came} meeting={meeting} />}
      {isKnown && hasBegun && <NotSeen attendance={value} />}
      {isKnown && (
        <>
          <p class="soft live">{own.hint}</p>
          <Trouble error={failure} />
          <div class="actions">
            <Button look="secondary" icon="save" disabled={busy} onClick={download}>
              {own.download}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface Person {
  readonly key: string;
  readonly name: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly is: 'organizer' | 'participant' | 'other';
  readonly seen: Seen;
}

function peopleOf({ organizer, participants, others }: Attendance, { organizerName }: Meeting): Person[] {
  return [
    { key: 'organizer', name: organizerName, is: 'organizer', seen: organizer },
    ...participants.map(
      ({ id, name, email, phone, userId, ...seen }): Person => ({
        key: id,
        name: name ?? (email === undefined && phone === undefined ? (userId ?? id) : undefined),
        email,
        phone,
        is: 'participant',
        seen,
      }),
    ),
    ...others.map(({ name, ...seen }, index): Person => ({ key: `other ${index}`, name, is: 'other', seen })),
  ];
}

function CameTable({ came, meeting }: { readonly came: readonly Person[]; readonly meeting: Meeting }) {
  const { words } = useConsole();
  const own = words.meeting.attendance;
  return (
    <table aria-labelledby="came-title">
      <thead>
        <tr>
          <th scope="col">{words.meeting.person}</th>
          <th scope="col">{own.visits}</th>
          <th scope="col">{own.length}</th>
        </tr>
      </thead>
      <tbody>
        {came.map(({ key, name, email, phone, is, seen }) => (
          <tr key={key}>
            <th scope="row">
              <PersonName
                person={{ id: key, name: name ?? (is === 'organizer' ? own.organizer : undefined), email, phone }}
              />
              {is === 'organizer' && name !== undefined && <span class="soft">{own.organizer}</span>}
              {is === 'other' && <span class="soft">{own.byName}</span>}
            </th>
            <td data-label={own.visits}>
              {seen.visits.map((visit) => (
                <ShownVisit key={visit.from} visit={visit} meeting={meeting} />
              ))}
            </td>
            <td data-label={own.length}>
              <span>{writtenDuration(seen.seconds, words)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ShownVisit({ visit: { from, until }, meeting }: { readonly visit: Visit; readonly meeting: Meeting }) {
  const { words, times } = useConsole();
  const own = words.meeting.attendance;
  const day = times.isSameDay(from, meeting.validSince) ? '' : `${times.date(from)}, `;
  if (until === undefined) {
    return (
      <span>
        {day}
        {own.since(times.time(from))} <span class="chip accent">{own.present}</span>
      </span>
    );
  }
  const end = times.isSameDay(from, until) ? times.time(until) : `${times.date(until)}, ${times.time(until)}`;
  return <span>{`${day}${times.time(from)} – ${end}`}</span>;
}

function NotSeen({ attendance }: { readonly attendance: Attendance }) {
  const { words } = useConsole();
  const missing = attendance.participants.filter(({ seen }) => !seen);
  if (missing.length === 0) return null;
  return (
    <details open>
      <summary>
        {words.meeting.attendance.notSeen} <span class="soft">{missing.length}</span>
      </summary>
      <ul class="removed">
        {missing.map((person) => (
          <li key={person.id}>
            <span>
              <PersonName person={person} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
