import type { Addresses } from '../../meetings/attendees.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';

/** The settings that say whether a channel can send. */
export type Availability = Pick<RuntimeSettings, 'mailIdentity' | 'smsService' | 'pushApplications'>;

/** How many messages the meetings of one organizer may cause in a day (UTC); 0 is no limit. */
export type Allowances = Pick<RuntimeSettings, 'mailsPerDay' | 'smsPerDay'>;

/** How many messages a second the channels' services take. */
export type Rates = Pick<RuntimeSettings, 'maxSendRate'>;

/** What a channel's messages are counted against. */
export interface DailyAllowance {
  /** What is counted, as the counter's row names it. */
  readonly what: string;
  /** The refusal where it is used up. */
  readonly code: string;
  /** The messages, as people are told of them: `mails`. */
  readonly plural: string;
  most(allowances: Allowances): number;
}

/** A message as its templates make it; a channel's own type says which of these it has. */
export interface RenderedMessage {
  /** Who it comes from, as the reader sees it; absent where the settings name them. */
  readonly sender?: string;
  readonly subject?: string;
  readonly html?: string;
  readonly text: string;
}

/** `escaped` where what people typed must not become markup. */
export type PartKind = 'plain' | 'escaped';

interface ChannelFacts {
  /** What the settings, the API, the rows and the templates' folder call it. */
  readonly name: string;
  /** What people call a message of it. */
  readonly title: string;
  isAvailable(settings: Availability): boolean;
  /** Said when a deployment is synthesized that uses it and cannot. */
  readonly unavailableInDeployment: string;
  /** Its template files, without `.hbs`. */
  readonly parts: Readonly<Record<string, PartKind>>;
  /** Whether the templates that come with the service serve where the operator's own folder has none of this channel. */
  readonly hasShippedTemplates: boolean;
  /** Whether organizers hear by it that somebody waits, and no host is there. */
  readonly tellsOfWaiting: boolean;
  /** Puts a message together; `render` gives what one part's template makes of it, as it stands. */
  compose(render: (part: string) => string): RenderedMessage;
  /** What a message is paid and shown by, where it may take several: the number to dial is left out where that saves one. */
  partsOf?(message: RenderedMessage): number;
  /** Absent where its messages are not counted. */
  readonly allowance?: DailyAllowance;
  /** How many of its messages may begin in a second; absent where its service alone says when they are too many. */
  mostPerSecond?(rates: Rates): number | undefined;
}

/** A channel that reaches people at an address they gave: it invites, tells of changes, and reminds. */
export interface AddressChannel extends ChannelFacts {
  readonly reaches: 'address';
  addressOf(addresses: Addresses): string | undefined;
  /** Logged of each meeting that nobody can be told of by it. */
  readonly unavailableForMeeting: string;
  /** Whether its messages hold a calendar file, so that a cancellation must name the organizer whom calendars know. */
  readonly hasCalendar: boolean;
  /** Whether it tells organizers of their own meetings. */
  readonly tellsOrganizer: boolean;
  /** Whether organizers hear by it who of a meeting cannot be reached. */
  readonly tellsOfUnreachable: boolean;
  /** Whether its messages are so short that a link in them must be. */
  readonly hasShortLinks: boolean;
}

/** A channel that reaches the devices that users registered: it reminds. */
export interface DeviceChannel extends ChannelFacts {
  readonly reaches: 'devices';
}

/**
 * What a channel is: all that the service asks of it but how it sends, which lies beside it in `<name>Client.ts` and is
 * part of the function that delivers alone.
 */
export type ChannelDefinition = AddressChannel | DeviceChannel;
