import type { Meeting } from '../../meetings/meeting.ts';
import { languageFor } from './language.ts';

const sentences: Record<string, (when: string) => string> = {
  en: (when) => `Starts ${when}`,
  es: (when) => `Empieza ${when}`,
  ca: (when) => `Comença ${when}`,
};

/** What a telephone shows of a reminder: the meeting's name, and how soon it starts, in words. */
export function reminderText(meeting: Meeting, language: string, now: Date): { title: string; body: string } {
  const spoken = languageFor(language, sentences, Object.keys(sentences));
  const sentence = sentences[spoken];
  const soon = whenOf(meeting.validSince.getTime() - now.getTime(), spoken);
  return { title: meeting.name, body: sentence ? sentence(soon) : soon };
}

/** The largest unit in which a duration is at least one. */
function whenOf(milliseconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 60) return format.format(minutes, 'minute');
  if (minutes < 24 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 1_440), 'day');
}
