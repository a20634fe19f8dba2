import { scheduleItem, viewDenied, viewFunctions, viewLogs } from './activityItems.ts';
import type { Inbox, Newest } from './inbox.ts';
import type { InboxContent, InboxSource } from './inboxContent.ts';
import { createMailReader, viewPush, viewSms } from './messageItems.ts';

/** A list longer than this shows its newest. */
export const listLimit = 300;

/** Makes what reads the state of a service as the page shows it. */
export function createInboxReader(source: InboxSource, content: InboxContent): () => Promise<Inbox> {
  const mailItem = createMailReader(source.rawMail, content.meetingIdOf);
  const readRows = content.openRows(source);
  return async () => {
    const rows = await readRows();
    const meetingOf = new Map(rows.deliveries.map(({ messageId, meetingId }) => [messageId, meetingId]));
    const meetingIds = new Set(rows.meetings.map(({ id }) => id));
    const mails = newestFirst(source.envelopes(), ({ sentAt }) => sentAt);
    return {
      url: source.url,
      folder: source.stateDirectory,
      meetings: newestFirst(rows.meetings, ({ created }) => created),
      mails: { ...mails, items: await Promise.all(mails.items.map(mailItem)) },
      sms: newestFirst(
        source.sms().map((sms) => viewSms(sms, content.smsSize(sms.message), meetingOf.get(sms.messageId))),
        ({ at }) => at,
      ),
      pushes: newestFirst(
        source.pushes().map((push) => viewPush(push, meetingOf.get(push.messageId))),
        ({ at }) => at,
      ),
      schedules: firstOfList(
        source
          .schedules()
          .sort((one, other) => one.dueAt - other.dueAt)
          .map((schedule) => scheduleItem(schedule, (id) => meetingIds.has(id))),
      ),
      deliveries: newestFirst(rows.deliveries, ({ updated }) => updated ?? '\uffff'),
      functions: firstOfList(viewFunctions(source.calls.all())),
      denied: firstOfList(source.denied().map(viewDenied)),
      logs: firstOfList(viewLogs(source.recentLogs())),
    };
  };
}

function newestFirst<Item>(all: readonly Item[], by: (item: Item) => string): Newest<Item> {
  return firstOfList([...all].sort((one, other) => (by(one) < by(other) ? 1 : by(one) > by(other) ? -1 : 0)));
}

function firstOfList<Item>(items: readonly Item[]): Newest<Item> {
  return { total: items.length, items: items.slice(0, listLimit) };
}
