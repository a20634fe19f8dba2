import { Icon } from '../../../shared/views/icon.tsx';
import type { ListedMeeting } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { paths } from '../../app/place.ts';
import { isOpen } from './days.ts';

/** One meeting of a list. */
export function MeetingRow({ meeting }: { readonly meeting: ListedMeeting }) {
  const { words, times } = useConsole();
  const { list } = words;
  const { id, name, url, status, role, participantCount, validSince, validUntil } = meeting;
  const open = isOpen(meeting, Date.now());
  return (
    <li class={`row ${status}`}>
      <p class="when">
        <time dateTime={validSince}>{times.time(validSince)}</time>
        <span class="soft"> – {times.time(validUntil)}</span>
      </p>
      <div class="what">
        <h3>
          <a href={paths.meeting(id)}>
            <bdi>{name}</bdi>
          </a>
        </h3>
        <p class="soft facts">
          <span>{role === 'organizer' ? list.yours : list.invited}</span>
          <span>{words.people(participantCount)}</span>
          {status === 'cancelled' && <span class="chip danger">{list.cancelled}</span>}
          {open && Date.parse(validSince) <= Date.now() && <span class="chip accent">{list.now}</span>}
        </p>
      </div>
      {open && (
        <a class="button secondary" href={url} aria-label={list.joinNamed(name)} rel="noreferrer">
          <Icon name="door" />
          <span>{list.join}</span>
        </a>
      )}
    </li>
  );
}
