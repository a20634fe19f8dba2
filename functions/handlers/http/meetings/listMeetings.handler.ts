import { parseChangedQuery } from '../../../meetings/changed/changedQuery.ts';
import { listChanged } from '../../../meetings/changed/listChanged.ts';
import { listMeetings } from '../../../meetings/listings/listMeetings.ts';
import { parseListQuery } from '../../../meetings/listings/listQuery.ts';
import { presentChanged, presentListed } from '../../../meetings/presentMeeting.ts';
import type { HttpReply } from '../../../runtime/http.ts';
import { errorOf, log } from '../../../runtime/log.ts';
import type { UnreadableRow } from '../../../runtime/refusals/unreadableRow.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { type UserCall, userDoor } from '../userDoor.ts';

/** `GET /meetings`: the meetings that the caller organizes or attends, by their start; with `updatedSince` those that have changed. */
export const handler = userDoor((call) =>
  'updatedSince' in call.request.query ? listOfChanged(call) : listOfAll(call),
);

async function listOfAll({ request, caller, now }: UserCall): Promise<HttpReply> {
  const query = parseListQuery(request.query, caller.id);
  const read = { listings: stores.listings(), meetings: stores.meetings() };
  const { listed, unreadable, cursor } = await listMeetings(query, caller, read, now);
  const meetings = listed.map((listing) => presentListed(listing, settings(), now));
  return { status: 200, body: { meetings, ...leftOut(unreadable), cursor } };
}

async function listOfChanged({ request, caller, now }: UserCall): Promise<HttpReply> {
  const query = parseChangedQuery(request.query, caller.id, now);
  const read = { changed: stores.changed(), meetings: stores.meetings() };
  const { listed, left, unreadable, cursor, updatedSince } = await listChanged(query, caller, read);
  const meetings = listed.map(({ meeting, role }) => presentChanged(meeting, role, settings(), now));
  const body = { meetings, left, ...leftOut(unreadable), cursor, updatedSince: updatedSince?.toISOString() };
  return { status: 200, body };
}

function leftOut(unreadable: ReadonlyMap<string, UnreadableRow>): { readonly unreadable?: readonly string[] } {
  for (const [meetingId, fault] of unreadable)
    log.error('Meeting left out of a list', { meetingId, error: errorOf(fault) });
  return unreadable.size > 0 ? { unreadable: [...unreadable.keys()] } : {};
}
