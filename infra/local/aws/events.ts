import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { arnOf } from '../assembly/place.ts';
import type { EventBuses } from '../events/eventBuses.ts';
import { AwsRefusal, type AwsService } from './awsCall.ts';
import { jsonProtocol } from './jsonProtocol.ts';
import { defineOperation, defineService } from './operations.ts';

const entry = z.strictObject({
  EventBusName: z.string().default('default'),
  Source: z.string().min(1),
  DetailType: z.string().min(1).max(128),
  Detail: z.string(),
  /** Epoch seconds. */
  Time: z.number().optional(),
  Resources: z.array(z.string()).default([]),
});

/** EventBridge API reference, "PutEvents": ten entries, a megabyte in all. */
const putEvents = z.strictObject({ Entries: z.array(entry).min(1).max(10) });
const mostBytes = 1_048_576;

const detail = z.record(z.string(), z.unknown());

/** EventBridge, `PutEvents` alone; `hasBus` says whether the template has one of that name. */
export function eventsService(buses: EventBuses, hasBus: (name: string) => boolean): AwsService {
  return defineService(jsonProtocol('1.1'), {
    PutEvents: defineOperation({
      input: putEvents,
      permissions: ({ Entries }) =>
        [...new Set(Entries.map(({ EventBusName }) => nameOf(EventBusName)))].map((name) => {
          return { action: 'events:PutEvents', resource: arnOf('events', `event-bus/${name}`) };
        }),
      run: ({ Entries }) => {
        const bytes = Entries.reduce((sum, { Detail }) => sum + Buffer.byteLength(Detail), 0);
        if (bytes > mostBytes)
          throw new AwsRefusal('ValidationException', 'Total size of the entries in the request is over the limit.');
        const results = Entries.map((one) => put(one, buses, hasBus));
        return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
      },
    }),
  });
}

/** A bus that is not there swallows events, as on AWS: the reply names an id all the same. */
function put(
  { EventBusName, Source, DetailType, Detail, Time, Resources }: z.infer<typeof entry>,
  buses: EventBuses,
  hasBus: (name: string) => boolean,
) {
  const parsed = detail.safeParse(jsonIn(Detail));
  if (!parsed.success) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const name = nameOf(EventBusName);
  if (!hasBus(name)) return { EventId: randomUUID() };
  const time = Time === undefined ? {} : { time: new Date(Time * 1_000) };
  return {
    EventId: buses.put(name, {
      source: Source,
      detailType: DetailType,
      detail: parsed.data,
      resources: Resources,
      ...time,
    }),
  };
}

function nameOf(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1) ?? nameOrArn;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
