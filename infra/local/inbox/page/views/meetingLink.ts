import { type Content, h } from '../../../../../functions/pages/shared/markup.ts';
import type { Inbox } from '../../inbox.ts';
import { meetingName } from '../entries.ts';
import { fragmentOf } from '../place.ts';

/** Leads to the meeting that something is about; nothing where it is about none that is known. */
export function meetingLink(inbox: Inbox, id: string | undefined): Content {
  const name = meetingName(inbox, id);
  return id !== undefined && name !== undefined && h('a', { href: fragmentOf({ section: 'meetings', id }) }, name);
}
