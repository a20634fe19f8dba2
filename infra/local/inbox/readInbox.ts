import { type RuntimeSettings, runtimeSettingsSchema } from '../../../functions/runtime/settings.ts';
import { viewMeetings } from '../../run/inbox/meetingItems.ts';
import { readStoredRows } from '../../run/inbox/storedRows.ts';
import { readFunctions } from '../functions/functionDefinition.ts';
import type { LocalService } from '../localService.ts';
import { viewDenied, viewFunctions, viewLogs, viewSchedule } from './activityItems.ts';
import type { Inbox, Newest } from './inbox.ts';
import { createMailReader, viewPush, viewSms } from './messageItems.ts';

/** A list longer than this shows its newest. */
export const listLimit = 300;

/** What the inbox reads of the running service. */
export type InboxSource = Pick<
  LocalService,
  | 'url'
  | 'stateDirectory'
  | 'databaseEndpoint'
  | 'stack'
  | 'envelopes'
  | 'rawMail'
  | 'sms'
  | 'pushes'
  | 'schedules'
  | 'calls'
  | 'denied'
  | 'recentLogs'
>;

/** Makes what reads the state of a service as the page shows it. */
export function createInboxReader(source: InboxSource): () => Promise<Inbox> {
  const mailItem = createMailReader(source.rawMail);
  const settings = settingsOf(source);
  return async () => {
    const views = viewMeetings(await readStoredRows(source), settings, new Date());
    const deliveries = newest(
      views.flatMap((view) => view.deliveries),
      ({ updated }) => updated ?? '\uffff',
    );
    const meetingOf = new Map(
      views.flatMap((view) => view.deliveries.map(({ messageId }) => [messageId, view.meeting.id] as const)),
    );
    const meetingIds = new Set(views.map(({ meeting }) => meeting.id));
    const mails = newest(source.envelopes(), ({ sentAt }) => sentAt);
    return {
      url: source.url,
      folder: source.stateDirectory,
      meetings: newest(
        views.map(({ meeting }) => meeting),
        ({ created }) => created,
      ),
      mails: { ...mails, items: await Promise.all(mails.items.map(mailItem)) },
      sms: newest(
        source.sms().map((sms) => viewSms(sms, meetingOf.get(sms.messageId))),
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
      deliveries,
      functions: first(viewFunctions(source.calls.all())),
      denied: first(source.denied().map(viewDenied)),
      logs: first(viewLogs(source.recentLogs())),
    };
  };
}

/** The settings of the deployment, as its functions get them. @throws where no function gets any */
function settingsOf({ stack }: InboxSource): RuntimeSettings {
  const text = readFunctions(stack).find(({ environment }) => environment.SETTINGS !== undefined)?.environment.SETTINGS;
  if (text === undefined) throw new Error('No function of the template has settings');
  return runtimeSettingsSchema.parse(JSON.parse(text));
}

function newest<Item>(all: readonly Item[], by: (item: Item) => string): Newest<Item> {
  return first([...all].sort((one, other) => (by(one) < by(other) ? 1 : by(one) > by(other) ? -1 : 0)));
}

function first<Item>(items: readonly Item[]): Newest<Item> {
  return { total: items.length, items: items.slice(0, listLimit) };
}
