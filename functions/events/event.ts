/** What other systems can be told of, by the name that events carry. */
export const eventTypes = [
  'meeting.scheduled',
  'meeting.changed',
  'meeting.cancelled',
  'meeting.started',
  'meeting.ended',
  'participant.answered',
  'delivery.failed',
  'reminder.due',
] as const;

export type EventType = (typeof eventTypes)[number];

/** What a webhook is sent by whoever tries it; nobody subscribes to it. */
export const testType = 'webhook.test';

/** What every event about a meeting says of it. */
export interface MeetingFacts {
  readonly meetingId: string;
  readonly organizerId: string;
  readonly sequence: number;
  readonly revision: number;
  readonly validSince: Date;
  readonly validUntil: Date;
}

/** Something that happened, as other systems are told of it: ids, counts and times, and no addresses. */
export interface Event {
  /** Derived from what happened: whoever is told twice knows it by this. */
  readonly id: string;
  readonly type: EventType | typeof testType;
  readonly time: Date;
  /** Where it stands among the events of one webhook; of one meeting's changes that is the order of its revisions. */
  readonly order: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as receivers read it, as JSON (Standard Webhooks, "Payload structure"), with its id beside. */
export function eventText({ id, type, time, data }: Told): string {
  return JSON.stringify({ id, type, timestamp: time.toISOString(), data });
}

interface Told extends Pick<Event, 'id' | 'time' | 'data'> {
  /** Of an event that was kept also one of another release. */
  readonly type: string;
}

/** What an event about a meeting says of it. */
export function meetingData({ meetingId, organizerId, sequence, revision, validSince, validUntil }: MeetingFacts) {
  return {
    meetingId,
    organizerId,
    sequence,
    revision,
    validSince: validSince.toISOString(),
    validUntil: validUntil.toISOString(),
  };
}

const revisionDigits = 9;

/** The id of what a write of a meeting's row tells: as text it sorts as the revisions do. */
export function changeId(meetingId: string, revision: number): string {
  return `${meetingId}-${String(revision).padStart(revisionDigits, '0')}`;
}
