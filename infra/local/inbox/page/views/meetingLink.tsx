import type { Inbox } from '../../inbox.ts';
import { meetingName } from '../entries.tsx';
import { fragmentOf } from '../place.ts';

/** Leads to the meeting that something is about; nothing where it is about none that is known. */
export function meetingLink(inbox: Inbox, id: string | undefined) {
  const name = meetingName(inbox, id);
  return id !== undefined && name !== undefined && <a href={fragmentOf({ section: 'meetings', id })}>{name}</a>;
}
