import type { Screen } from '../state/state.ts';
import { calendarFile } from './calendarFile.ts';

/** Gives the meeting behind this address to the browser as a file for a calendar. */
export function saveMeeting(address: string, screen: Screen): void {
  const meeting = screen.at === 'early' ? screen.meeting : 'room' in screen ? screen.room : undefined;
  if (meeting?.validSince === undefined || meeting.validUntil === undefined) return;
  const [id = ''] = address.slice(address.lastIndexOf('/') + 1).split('.');
  const entry = {
    uid: `${id}@${location.hostname}`,
    name: meeting.name ?? '',
    url: location.origin + address,
    sequence: meeting.sequence ?? 0,
    organizer: 'organizer' in meeting ? meeting.organizer : undefined,
    validSince: new Date(meeting.validSince),
    validUntil: new Date(meeting.validUntil),
  };
  save(calendarFile(entry, new Date()), 'meeting.ics', 'text/calendar');
}

function save(content: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
