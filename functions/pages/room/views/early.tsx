import { Icon } from '../../shared/views/icon.tsx';
import { timeRemaining } from '../../shared/words/times.ts';
import type { RoomPageState, Screen } from '../state/state.ts';
import { AnswerQuestion } from './answering.tsx';
import { BrandName } from './brandName.tsx';
import { MeetingCard, MeetingLinks } from './meetingCard.tsx';
import { useRoomView } from './roomView.ts';

interface EarlyProps {
  readonly state: RoomPageState;
  readonly screen: Extract<Screen, { at: 'early' }>;
}

/** Before the room opens: how long it will take. */
export function Early({ state, screen: { meeting, moved } }: EarlyProps) {
  const { words, times } = useRoomView();
  const { opensAt } = meeting;
  const when = times.isSameDay(opensAt, state.now)
    ? words.opensToday(times.time(opensAt))
    : words.opensOn(times.dateAndTime(opensAt));
  return (
    <main class="sheet">
      <BrandName />
      <p class="label">
        <Icon name="clock" />
        <span>{moved ? words.moved : words.early}</span>
      </p>
      <MeetingCard meeting={meeting} />
      <AnswerQuestion state={state} />
      <Countdown milliseconds={Date.parse(opensAt) - state.now} />
      <p class="soft">{`${when} ${words.stayHere}`}</p>
      <MeetingLinks copied={state.copied} isDated={true} />
    </main>
  );
}

function Countdown({ milliseconds }: { readonly milliseconds: number }) {
  const { words } = useRoomView();
  if (milliseconds <= 0) return <p class="countdown-over">{words.opening}</p>;
  const left = timeRemaining(milliseconds);
  const units = (['days', 'hours', 'minutes', 'seconds'] as const).filter(
    (unit) => (unit !== 'days' || left.days > 0) && (unit !== 'seconds' || left.days === 0),
  );
  return (
    <section class="countdown" aria-labelledby="opens-in">
      <h2 id="opens-in">{words.opensIn}</h2>
      <div class="units" role="timer">
        {units.map((unit) => (
          <div key={unit}>
            <span class="count">{unit === 'days' ? left[unit] : String(left[unit]).padStart(2, '0')}</span>{' '}
            <span class="unit">{words.units[unit](left[unit])}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
