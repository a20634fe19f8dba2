import { organizerParticipantId } from '../../functions/deliveries/delivery.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingKey } from '../../functions/meetings/meetingStore.ts';
import { isPerson, type VerifiedPerson } from '../../functions/meetings/presentMeeting.ts';
import { queryRows, type Row, type Table } from '../../functions/runtime/table.ts';
import { deviceStore } from '../../functions/users/deviceStore.ts';
import { findPerson, meetingsOf } from './person.ts';

/**
 * All that is kept of one person, for them to read (GDPR, article 15): their entry in the directory, their devices, and
 * of each meeting that they organize or were invited to its facts, their own entry and the rows that are about them.
 * Nothing of anybody else is in it, nor the keys of links.
 */
export async function exportPerson(given: string, table: Table) {
  const { person, user } = await findPerson(given, table);
  const devices = person.id === undefined ? [] : await deviceStore(table).ofUser(person.id);
  const meetings = [];
  for (const meeting of await meetingsOf(person, table)) meetings.push(await exportMeeting(meeting, person, table));
  return { user, devices, meetings };
}

async function exportMeeting(meeting: Meeting, person: VerifiedPerson, table: Table) {
  const { id, name, description, validSince, validUntil, status, organizerId } = meeting;
  const isOrganizer = organizerId === person.id;
  const own = [...meeting.participants, ...meeting.removed].filter((entry) => isPerson(entry, person));
  const ids = [
    ...own.map((entry) => entry.id),
    ...(person.id ? [person.id] : []),
    ...(isOrganizer ? [organizerParticipantId] : []),
  ];
  return {
    id,
    name,
    description,
    validSince: validSince.toISOString(),
    validUntil: validUntil.toISOString(),
    status,
    isOrganizer,
    entries: own,
    rows: await rowsAbout(new Set(ids), id, table),
  };
}

/** Rows of a meeting that are about one person have among the parts of their key that one's id, as a participant or a user. */
async function rowsAbout(ids: ReadonlySet<string>, meetingId: string, table: Table): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of queryRows(table, meetingKey(meetingId).pk)) {
    const parts = String(row.sk).split('#').slice(1);
    if (parts.some((part) => ids.has(part))) rows.push(row);
  }
  return rows;
}
