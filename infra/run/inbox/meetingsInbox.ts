import { smsSize } from '../../../functions/deliveries/channels/sms/smsSize.ts';
import { type RuntimeSettings, runtimeSettingsSchema } from '../../../functions/runtime/settings.ts';
import { readFunctions } from '../../local/functions/functionDefinition.ts';
import type { InboxContent, InboxSource } from '../../local/inbox/inboxContent.ts';
import { viewMeetings } from './meetingItems.ts';
import { readStoredRows } from './storedRows.ts';

/** What the inbox shows of this service: its meetings, and what was sent about them. */
export const meetingsInbox: InboxContent = {
  openRows: (source) => {
    const settings = settingsOf(source);
    return async () => {
      const views = viewMeetings(await readStoredRows(source), settings, new Date());
      return {
        meetings: views.map(({ meeting }) => meeting),
        deliveries: views.flatMap(({ deliveries }) => deliveries),
      };
    };
  },
  meetingIdOf: ({ tags }) => tags.meeting,
  smsSize,
};

/** The settings of the deployment, as its functions get them. @throws where no function gets any */
function settingsOf({ stack }: InboxSource): RuntimeSettings {
  const text = readFunctions(stack).find(({ environment }) => environment.SETTINGS !== undefined)?.environment.SETTINGS;
  if (text === undefined) throw new Error('No function of the template has settings');
  return runtimeSettingsSchema.parse(JSON.parse(text));
}
