/** What the page shows of the running service: the newest first, each list bounded. Instants are RFC 3339, but for logs as written. */
export interface Inbox {
  /** Of the HTTP API. */
  readonly url: string;
  /** The state folder, which holds all that is shown. */
  readonly folder: string;
  readonly meetings: Newest<MeetingItem>;
  readonly mails: Newest<MailItem>;
  readonly sms: Newest<SmsItem>;
  readonly pushes: Newest<PushItem>;
  /** The next first. */
  readonly schedules: Newest<ScheduleItem>;
  readonly deliveries: Newest<DeliveryItem>;
  /** By name. */
  readonly functions: Newest<FunctionItem>;
  readonly denied: Newest<DeniedItem>;
  readonly logs: Newest<LogItem>;
}

/** The newest of a kind, and how many there are in all. */
export interface Newest<Item> {
  readonly total: number;
  readonly items: readonly Item[];
}

export interface MeetingItem {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly language: string | undefined;
  readonly timeZone: string;
  readonly validSince: string;
  readonly validUntil: string;
  readonly status: 'scheduled' | 'cancelled';
  readonly revision: number;
  readonly sequence: number;
  readonly url: string;
  readonly organizer: string;
  readonly created: string;
  readonly updated: string;
  readonly people: readonly PersonItem[];
  /** By what its people can be told, all of them. */
  readonly channels: readonly ChannelItem[];
}

export interface ChannelItem {
  readonly name: string;
  readonly title: string;
}

export interface PersonItem {
  readonly id: string;
  readonly standing: 'participant' | 'removed' | 'organizer';
  readonly name: string;
  readonly addresses: readonly string[];
  readonly language: string | undefined;
  /** The last of each kind and channel. */
  readonly deliveries: readonly PersonDelivery[];
}

export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed' | 'superseded' | 'unknown';

export interface PersonDelivery {
  readonly kind: 'invitation' | 'reminder' | 'waiting' | 'unreachable';
  readonly channel: string;
  readonly sequence: number | undefined;
  readonly state: DeliveryState;
  readonly reason: string | undefined;
  readonly attempts: number;
  readonly updated: string | undefined;
}

export interface DeliveryItem extends PersonDelivery {
  readonly id: string;
  readonly meetingId: string;
  readonly meetingName: string;
  readonly person: string;
  readonly device: string | undefined;
  /** Of the mail, SMS or push that it became. */
  readonly messageId: string | undefined;
}

export interface MailItem {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** How its text begins. */
  readonly beginning: string;
  /** The METHOD of its calendar, as REQUEST. */
  readonly method: string | undefined;
  readonly meetingId: string | undefined;
}

export interface SmsItem {
  readonly id: string;
  readonly at: string;
  readonly to: string;
  readonly text: string;
  readonly alphabet: string;
  /** Characters as the alphabet counts them. */
  readonly units: number;
  readonly parts: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly meetingId: string | undefined;
}

export interface PushItem {
  readonly id: string;
  readonly at: string;
  readonly platform: string;
  readonly token: string;
  readonly title: string;
  readonly body: string;
  /** JSON, indented. */
  readonly payload: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly meetingId: string | undefined;
}

export interface ScheduleItem {
  readonly id: string;
  readonly dueAt: string;
  readonly firedAt: string | undefined;
  readonly isEnabled: boolean;
  readonly expression: string;
  readonly timeZone: string;
  /** The name of what it invokes. */
  readonly target: string;
  readonly input: string;
  readonly meetingId: string | undefined;
}

export interface FunctionItem {
  readonly name: string;
  readonly total: number;
  /** The most frequent first. */
  readonly calls: readonly { readonly service: string; readonly action: string; readonly count: number }[];
}

export interface DeniedItem {
  readonly id: string;
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogItem {
  readonly id: string;
  readonly functionName: string;
  /** Absent of a line that is no JSON object. */
  readonly at: string | undefined;
  readonly level: LogLevel;
  readonly message: string;
  /** Its short fields that are no ids. */
  readonly brief: string;
  /** What else the line says, as indented JSON. */
  readonly details: string;
}

/** A mail whole, as `/_local/mails/{id}` gives it. */
export interface MailContent {
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly date: string | undefined;
  readonly text: string;
  readonly hasHtml: boolean;
  /** As `text/calendar invite.ics`. */
  readonly attachments: readonly string[];
  readonly calendar: CalendarContent | undefined;
  /** As they travel. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly source: string;
}

export interface CalendarContent {
  readonly source: string;
  /** Absent where no parser could read it; `fault` says why. */
  readonly entry: CalendarEntry | undefined;
  readonly fault: string | undefined;
}

export interface CalendarEntry {
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  readonly status: string | undefined;
  readonly summary: string;
  readonly description: string | undefined;
  readonly url: string | undefined;
  readonly location: string | undefined;
  readonly organizer: string | undefined;
  readonly attendees: readonly string[];
  readonly start: string;
  readonly end: string;
}
