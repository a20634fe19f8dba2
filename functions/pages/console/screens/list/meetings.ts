import type { ApiClient } from '../../api/apiClient.ts';
import type { ListedMeeting, MeetingPage, MeetingStatus } from '../../api/replies.ts';

export interface MeetingList {
  readonly meetings: readonly ListedMeeting[];
  /** How many could not be read. */
  readonly unreadable: number;
  /** Where those that follow begin. */
  readonly cursor: string | undefined;
}

/** A list that is too long to be read to its end is read so far: pages of a hundred. */
const mostPages = 5;

/** Those that have not ended, by their start. @param pages how many pages at least */
export async function nextMeetings(api: ApiClient, pages: number): Promise<MeetingList> {
  return await pagesOf(api, 'scheduled', pages);
}

/** Those that have ended or were cancelled, the last one first. */
export async function pastMeetings(api: ApiClient): Promise<MeetingList> {
  const lists = await Promise.all([pagesOf(api, 'ended', mostPages), pagesOf(api, 'cancelled', mostPages)]);
  const meetings = lists.flatMap((list) => list.meetings);
  return {
    meetings: meetings.sort((one, other) => (one.validSince < other.validSince ? 1 : -1)),
    unreadable: lists.reduce((sum, { unreadable }) => sum + unreadable, 0),
    cursor: undefined,
  };
}

async function pagesOf(api: ApiClient, status: MeetingStatus, pages: number): Promise<MeetingList> {
  const meetings: ListedMeeting[] = [];
  let unreadable = 0;
  let cursor: string | undefined;
  for (let page = 0; page < pages; page++) {
    const query = new URLSearchParams({ status, limit: '100', ...(cursor === undefined ? {} : { cursor }) });
    const { body } = await api.call<MeetingPage>('GET', `/meetings?${query}`);
    meetings.push(...body.meetings);
    unreadable += body.unreadable?.length ?? 0;
    cursor = body.cursor;
    if (cursor === undefined) break;
  }
  return { meetings, unreadable, cursor };
}
