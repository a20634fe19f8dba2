import type { CalendarContent, CalendarEntry } from '../../inbox.ts';
import { formatSpanOfDay } from '../times.ts';
import { Chip, type Tone } from './chip.tsx';
import { Facts, Part, Source } from './facts.tsx';
import { DayLeaf } from './lead.tsx';

/** A calendar as the recipient's calendar shows it, and as it is written. */
export function CalendarCard({ calendar: { entry, fault, source } }: { readonly calendar: CalendarContent }) {
  return (
    <>
      {entry && <Card entry={entry} />}
      {fault !== undefined && (
        <p class="reason" role="alert">
          {`It cannot be read: ${fault}`}
        </p>
      )}
      <Part title="Source">
        <Source label="Source of the calendar">{source}</Source>
      </Part>
    </>
  );
}

function Card({ entry }: { readonly entry: CalendarEntry }) {
  const { method, sequence, status, summary, start, end } = entry;
  return (
    <section class="calendar" aria-label="Calendar entry">
      <DayLeaf at={start} />
      <div>
        <h3 dir="auto">{summary}</h3>
        <p class="soft">{`${formatSpanOfDay(start, end)}, in the time of this browser`}</p>
        <p class="chips">
          <Chip tone={tones[method] ?? 'plain'}>{method}</Chip>
          {status !== undefined && <Chip>{status}</Chip>}
          <Chip>{`sequence ${sequence}`}</Chip>
        </p>
        <Facts
          of={[
            ['Where', entry.location],
            ['Organizer', entry.organizer],
            ['Attendee', entry.attendees.join(', ')],
            ['About', entry.description && <span class="prose">{entry.description}</span>],
            ['UID', <code key="uid">{entry.uid}</code>],
          ]}
        />
      </div>
    </section>
  );
}

const tones: Readonly<Record<string, Tone>> = { REQUEST: 'busy', CANCEL: 'bad' };
