import { partitionsOf } from '../../functions/meetings/leaveMeetings.ts';
import { listingPrefix } from '../../functions/meetings/listings/listing.ts';
import { listingStore } from '../../functions/meetings/listings/listingStore.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingKey, meetingStore } from '../../functions/meetings/meetingStore.ts';
import { isPerson, type VerifiedPerson } from '../../functions/meetings/presentMeeting.ts';
import { queryRows, type Row, type Table } from '../../functions/runtime/table.ts';
import { deviceStore } from '../../functions/users/deviceStore.ts';
import { findPerson } from './person.ts';

const entriesAtOnce = 100;

/**
 * All that is kept of one person, for them to read (GDPR, article 15): their entry in the directory, their devices, and
 * of each meeting that they organize or were invited to its facts, their own entry and the rows that are about them.
 * Nothing of anybody else is in it, nor the keys of links.
 */
export async function exportPerson(given: string, table: Table) {
  const { person, user } = await findPerson(given, table);
  const devices = person.id === undefined ? [] : await deviceStore(table).ofUser(person.id);
  const meetings = [];
  for (const id of await meetingIdsOf(person, table)) {
    const meeting = await meetingStore(table, 0).get(id);
    if (meeting) meetings.push(await exportMeeting(meeting, person, table));
  }
  return { user, devices, meetings };
}

async function meetingIdsOf(person: VerifiedPerson, table: Table): Promise<Set<string>> {
  const listings = listingStore(table);
  const ids = new Set<string>();
  for (const partition of partitionsOf(person)) {
    let after: string | undefined;
    for (let more = true; more; ) {
      const page = await listings.readPartition(partition, { after }, entriesAtOnce);
      for (const { meetingId } of page.entries) ids.add(meetingId);
      more = page.more;
      after = page.entries.at(-1)?.sk.slice(listingPrefix.length);
    }
  }
  return ids;
}

async function exportMeeting(meeting: Meeting, person: VerifiedPerson, table: Table) {
  const { id, name, description, validSince, validUntil, status, organizerId } = meeting;
  const own = [...meeting.participants, ...meeting.removed].filter((entry) => isPerson(entry, person));
  return {
    id,
    name,
    description,
    validSince: validSince.toISOString(),
    validUntil: validUntil.toISOString(),
    status,
    isOrganizer: organizerId === person.id,
    entries: own,
    rows: await rowsAbout(new Set(own.map((entry) => entry.id)), id, table),
  };
}

/** Rows of a meeting that are about one participant end in, or have among the parts of their key, that one's id. */
async function rowsAbout(participantIds: ReadonlySet<string>, meetingId: string, table: Table): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of queryRows(table, meetingKey(meetingId).pk)) {
    const parts = String(row.sk).split('#').slice(1);
    if (parts.some((part) => participantIds.has(part))) rows.push(row);
  }
  return rows;
}
