import { randomUUID } from 'node:crypto';
import { accountId, region } from '../assembly/place.ts';

/** An event as EventBridge hands it on (EventBridge user guide, "Structure of events"). */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** RFC 3339, to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What whoever puts an event says of it. */
export interface EventEntry {
  readonly detailType: string;
  readonly source: string;
  readonly resources?: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  /** Default: now. */
  readonly time?: Date;
}

export function busEvent({ detailType, source, resources = [], detail, time = new Date() }: EventEntry): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: accountId,
    time: time.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources,
    detail,
  };
}
