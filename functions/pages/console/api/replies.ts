/** What the API answers, as far as the console reads it; `openapi.json` has all of it. */

export type MeetingStatus = 'scheduled' | 'ended' | 'cancelled';
export type AnswerStatus = 'accepted' | 'tentative' | 'declined';
export type Standing = AnswerStatus | 'needsAction';

export interface Me {
  readonly id: string;
  readonly username: string;
  readonly name?: string;
  readonly alias?: string;
  readonly email?: string;
  readonly mobilePhone?: string;
  readonly landLineNumber?: string;
  readonly language?: string;
  readonly capabilities: readonly string[];
  readonly created: string;
  readonly lastLogin?: string;
}

export interface AdministeredUser extends Me {
  readonly granted: readonly string[];
}

export interface UserPage {
  readonly users: readonly AdministeredUser[];
  readonly cursor?: string;
}

export interface Device {
  readonly id: string;
  readonly platform: string;
  readonly registered: string;
}

interface MeetingFacts {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly language?: string;
  readonly timeZone: string;
  readonly validSince: string;
  readonly validUntil: string;
  readonly status: MeetingStatus;
  readonly url: string;
  readonly ddi?: { readonly extension: string; readonly pin?: string };
  readonly organizerId: string;
  readonly cohostsManage: boolean;
  readonly sendInvitations: boolean;
  readonly showAnswers: boolean;
  readonly isPasswordProtected: boolean;
  readonly lobby: boolean;
  readonly revision: number;
  readonly sequence: number;
}

export interface ListedMeeting extends MeetingFacts {
  readonly role: 'organizer' | 'participant';
  readonly participantCount: number;
}

export interface MeetingPage {
  readonly meetings: readonly ListedMeeting[];
  readonly unreadable?: readonly string[];
  readonly cursor?: string;
}

export interface Answer {
  readonly status: Standing;
  readonly when?: string;
  readonly comment?: string;
  readonly proposed?: readonly { readonly validSince: string; readonly validUntil: string }[];
  readonly earlier?: { readonly status: AnswerStatus };
}

export interface Participant {
  readonly id: string;
  readonly name?: string;
  readonly userId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly phoneType?: string;
  readonly language?: string;
  readonly role?: 'cohost';
  readonly answer?: Answer;
}

export interface Meeting extends MeetingFacts {
  readonly organizerName?: string;
  readonly answers: Readonly<Record<Standing, number>>;
  readonly participants: readonly Participant[];
}

export interface Delivery {
  readonly kind: string;
  readonly channel: string;
  readonly sequence?: number;
  readonly state: string;
  readonly reason?: string;
  readonly updated?: string;
  /** What SES said of a mail since it was handed over. */
  readonly provider?: { readonly word: string; readonly at: string };
}

export interface Invited {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly deliveries: readonly Delivery[];
}

export interface Invitations {
  readonly revision: number;
  readonly participants: readonly Invited[];
  readonly removed: readonly Invited[];
}

/** From when to when somebody was in the room; without an end they are there. */
export interface Visit {
  readonly from: string;
  readonly until?: string;
}

export interface Seen {
  readonly seen: boolean;
  readonly seconds: number;
  readonly visits: readonly Visit[];
}

export interface Attendance {
  readonly summary: { readonly invited: number; readonly seen: number; readonly others: number };
  readonly organizer: Seen;
  readonly participants: readonly (Seen & Omit<Participant, 'answer'>)[];
  readonly others: readonly (Seen & { readonly name: string })[];
}

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly description?: string;
  readonly enabled: boolean;
  readonly off?: { readonly reason: string; readonly since: string };
  readonly failingSince?: string;
  readonly secrets: readonly { readonly made: string; readonly until?: string }[];
  readonly created: string;
}

/** As it is shown once: when it is made, and when its secret is. */
export interface KeyedWebhook extends Webhook {
  readonly secret: string;
}

/** What a receiver answered, or why it did not. */
export interface CallOutcome {
  readonly milliseconds: number;
  readonly status?: number;
  readonly silence?: string;
}

export interface WebhookTest extends CallOutcome {
  readonly told: boolean;
}

export interface OwedEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly state: 'waiting' | 'told';
  readonly attempts: readonly (CallOutcome & { readonly at: string })[];
}

export interface AttemptPage {
  readonly events: readonly OwedEvent[];
  readonly cursor?: string;
}
