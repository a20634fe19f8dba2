import type { DialInFacts } from '../../../rooms/signalling/protocol.ts';
import { Button } from '../../shared/views/button.tsx';
import { Icon } from '../../shared/views/icon.tsx';
import type { Copied } from '../state/state.ts';
import { CopyButton } from './copyButton.tsx';
import { useRoomView } from './roomView.ts';

export interface CardOfMeeting {
  readonly name: string;
  readonly organizer?: string | undefined;
  readonly validSince?: string | undefined;
  readonly validUntil?: string | undefined;
}

/** What the room is for: the meeting's day as a leaf of a calendar, its name, its time and its organizer. */
export function MeetingCard({ meeting }: { readonly meeting: CardOfMeeting }) {
  const { words, times } = useRoomView();
  const { name, organizer, validSince, validUntil } = meeting;
  return (
    <header class="meeting">
      <Leaf day={validSince} />
      <div class="facts">
        <h1 id="title" tabIndex={-1} dir="auto">
          {name}
        </h1>
        <p>{validSince === undefined ? words.publicRoom : times.date(validSince)}</p>
        {validSince !== undefined && validUntil !== undefined && <p>{times.span(validSince, validUntil)}</p>}
        {organizer !== undefined && <p>{words.invitedBy(organizer)}</p>}
      </div>
    </header>
  );
}

/** A day as the leaf of a calendar; a door where there is none. */
function Leaf({ day }: { readonly day: string | undefined }) {
  const { times } = useRoomView();
  if (day === undefined) {
    return (
      <div class="leaf plain" aria-hidden={true}>
        <Icon name="door" />
      </div>
    );
  }
  return (
    <div class="leaf" aria-hidden={true}>
      <span class="month">{times.month(day)}</span>
      <span class="day">{times.day(day)}</span>
    </div>
  );
}

interface MeetingLinksProps {
  readonly copied: Copied;
  /** The meeting has a time, so that a calendar can keep it. */
  readonly isDated: boolean;
}

/** What one can do with the meeting beside joining it. */
export function MeetingLinks({ copied, isDated }: MeetingLinksProps) {
  const { words, actions } = useRoomView();
  return (
    <div class="links">
      {isDated && (
        <Button look="quiet" icon="calendar" onClick={actions.saveCalendarFile}>
          {words.addToCalendar}
        </Button>
      )}
      <CopyButton copied={copied} />
    </div>
  );
}

/** The number to call, which telephones dial with its code. */
export function DialInLine({ dialIn }: { readonly dialIn: DialInFacts | undefined }) {
  const { words } = useRoomView();
  if (!dialIn) return null;
  const { extension, pin } = dialIn;
  return (
    <p class="dial-in">
      <Icon name="phone" />
      <span>
        {`${words.byPhone}: `}
        <a href={`tel:${extension},,${pin}%23`}>{extension}</a>
        {`, ${words.phoneCode(spacedDigits(pin))}`}
      </span>
    </p>
  );
}

/** Nine digits are read by threes, on one line. */
function spacedDigits(pin: string): string {
  return pin.replace(/(\d{3})(?=\d)/g, '$1\u00a0');
}
