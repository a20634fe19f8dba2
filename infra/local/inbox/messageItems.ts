import * as z from 'zod';
import type { Envelope } from '../aws/mailbox.ts';
import type { Push, Sms } from '../aws/phones.ts';
import type { MailItem, PushItem, SmsItem } from './inbox.ts';
import type { InboxContent } from './inboxContent.ts';
import { readMail } from './readMail.ts';

const beginningLength = 160;

/** Reads what a list says of a mail; a mail never changes, so each is read once. */
export function createMailReader(
  rawMail: (id: string) => Buffer | undefined,
  meetingIdOf: InboxContent['meetingIdOf'],
) {
  const known = new Map<string, MailItem>();
  return async (envelope: Envelope): Promise<MailItem> => {
    const item =
      known.get(envelope.messageId) ?? (await viewMail(envelope, rawMail(envelope.messageId), meetingIdOf(envelope)));
    known.set(envelope.messageId, item);
    return item;
  };
}

async function viewMail(
  { messageId, sentAt }: Envelope,
  raw: Buffer = Buffer.alloc(0),
  meetingId?: string,
): Promise<MailItem> {
  const { from, to, subject, text, calendar } = (await readMail(raw)).content;
  return {
    id: messageId,
    at: sentAt,
    beginning: text.replace(/\s+/g, ' ').trim().slice(0, beginningLength),
    method: calendar?.entry?.method,
    meetingId,
    ...{ from, to, subject },
  };
}

/** @param meetingId of the meeting that it is about, where a delivery says so */
export function viewSms(sms: Sms, size: ReturnType<InboxContent['smsSize']>, meetingId?: string): SmsItem {
  const { messageId, sentAt, phoneNumber, message, attributes } = sms;
  return { id: messageId, at: sentAt, to: phoneNumber, text: message, ...size, attributes, meetingId };
}

/** @param meetingId of the meeting that it is about, where a delivery says so */
export function viewPush({ payload: json, ...push }: Push, meetingId?: string): PushItem {
  const { messageId, sentAt, platform, token, attributes } = push;
  const payload: unknown = JSON.parse(json);
  return {
    ...{ id: messageId, at: sentAt, platform, token, attributes, meetingId },
    ...shownOf(payload),
    payload: JSON.stringify(payload, null, 2),
  };
}

const alert = z.object({ title: z.string().default(''), body: z.string().default('') });
const fcmPayload = z.object({ notification: alert });
const apnsPayload = z.object({ aps: z.object({ alert }) });

/** What a phone shows of it: nothing where it is data for the app alone. */
function shownOf(payload: unknown): z.infer<typeof alert> {
  const fcm = fcmPayload.safeParse(payload);
  if (fcm.success) return fcm.data.notification;
  const apns = apnsPayload.safeParse(payload);
  return apns.success ? apns.data.aps.alert : { title: '', body: '' };
}
