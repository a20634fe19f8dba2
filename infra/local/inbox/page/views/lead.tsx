import { calendarLeaf } from '../times.ts';
import { type IconName, InboxIcon } from './icon.tsx';

interface DayLeafProps {
  readonly at: string;
  /** Of the reader's browser where it is not given. */
  readonly timeZone?: string;
}

/** The day of something as the leaf of a calendar; the words beside it say the same. */
export function DayLeaf({ at, timeZone }: DayLeafProps) {
  const { month, day } = calendarLeaf(at, timeZone);
  return (
    <span class="leaf" aria-hidden={true}>
      <span class="month">{month}</span>
      <span class="day">{day}</span>
    </span>
  );
}

/** The first letters of a name, as address books have them. */
export function Initials({ of: name }: { readonly of: string }) {
  const letters = name
    .replace(/<.*>/, '')
    .split(/[\s@.]+/)
    .filter(Boolean)
    .slice(0, 2);
  const text = name.includes('<') ? letters.map(firstOf).join('') : firstOf(name);
  return (
    <span class="round" aria-hidden={true}>
      {text.toUpperCase()}
    </span>
  );
}

export function RoundIcon({ name }: { readonly name: IconName }) {
  return (
    <span class="round" aria-hidden={true}>
      <InboxIcon name={name} />
    </span>
  );
}

function firstOf(text: string): string {
  return [...text][0] ?? '';
}
