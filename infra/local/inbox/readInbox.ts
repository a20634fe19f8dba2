import { viewDenied, viewFunctions, viewLogs, viewSchedule } from './activityItems.ts';
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
    const mails = newest(source.envelopes(), ({ sentAt }) => sentAt);
    return {
      url: source.url,
      folder: source.stateDirectory,
      meetings: newest(rows.meetings, ({ created }) => created),
      mails: { ...mails, items: await Promise.all(mails.items.map(mailItem)) },
      sms: newest(
        source.sms().map((sms) => viewSms(sms, content.smsSize(sms.message), meetingOf.get(sms.messageId))),
        ({ at }) => at,
      ),
      pushes: newest(
        source.pushes().map((push) => viewPush(push, meetingOf.get(push.messageId))),
        ({ at }) => at,
      ),
      schedules: first(
        source
          .schedules()
          .sort((one, other) => one.dueAt - other.dueAt)
          .map((schedule) => viewSchedule(schedule, (id) => meetingIds.has(id))),
      ),
      deliveries: newest(rows.deliveries, ({ updated }) => updated ?? '\uffff'),
      functions: first(viewFunctions(source.calls.all())),
      denied: first(source.denied().map(viewDenied)),
      logs: first(viewLogs(source.recentLogs())),
    };
  };
}

function newest<Item>(all: readonly Item[], by: (item: Item) => string): Newest<Item> {
  return first([...all].sort((one, other) => (by(one) < by(other) ? 1 : by(one) > by(other) ? -1 : 0)));
}

function first<Item>(items: readonly Item[]): Newest<Item> {
  return { total: items.length, items: items.slice(0, listLimit) };
}
