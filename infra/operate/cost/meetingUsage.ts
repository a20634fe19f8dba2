import { paceOf } from '../../../functions/deliveries/pace.ts';
import { workerMegabytes } from '../../workers.ts';
import type { MeasuredUsage, Usage } from './usage.ts';

/** A meeting as the command is told of it. */
export interface MeetingShape {
  /** To its participants. */
  readonly mails: number;
  readonly sms: number;
  /** Whether its organizer gets one beside them: the setting `organizerMail`. */
  readonly organizerMail: boolean;
  /** The setting `maxSendRate`. */
  readonly mailsPerSecond: number;
}

/** What one meeting takes, with all of its people. */
export interface MeetingUsage extends Usage {
  /** Of the workers that send its mails, in which `seconds` and `gigabyteSeconds` have no part. */
  readonly mailSeconds: number;
  readonly mailGigabyteSeconds: number;
}

export function meetingUsage(shape: MeetingShape, measured: MeasuredUsage): MeetingUsage {
  const { perMeeting, perMail, perSms } = measured;
  // The organizer's is among what a meeting takes by itself; where there is none it is taken for one as all others.
  const more = shape.organizerMail ? shape.mails : shape.mails - 1;
  const all = sum(sum(perMeeting, times(perMail, more)), times(perSms, shape.sms));
  const added = combine((name) => Math.max(0, all[name]));
  const mailSeconds = (more + 1) * secondsPerMail(shape.mailsPerSecond, measured.secondsOfMail);
  const gigabytes = workerMegabytes(paceOf(shape.mailsPerSecond)) / 1_024;
  return { ...added, mailSeconds, mailGigabyteSeconds: mailSeconds * gigabytes };
}

/**
 * How long a worker is paid for a mail, where its batches are full: it waits between the mails of a batch as its pace says.
 *
 * @param alone seconds that a mail takes by itself
 */
export function secondsPerMail(mailsPerSecond: number, alone: number): number {
  const { batchSize, atOnce, intervalMilliseconds } = paceOf(mailsPerSecond);
  const apart = Math.max(intervalMilliseconds / 1_000, alone / atOnce);
  return ((batchSize - 1) * apart + alone) / batchSize;
}

function sum(one: Usage, other: Usage): Usage {
  return combine((name) => one[name] + other[name]);
}

function times(one: Usage, factor: number): Usage {
  return combine((name) => one[name] * factor);
}

/** Makes a usage of a value for each of its members. */
export function combine(value: (name: keyof Usage) => number): Usage {
  return {
    httpRequests: value('httpRequests'),
    replyBytes: value('replyBytes'),
    invocations: value('invocations'),
    seconds: value('seconds'),
    gigabyteSeconds: value('gigabyteSeconds'),
    writeUnits: value('writeUnits'),
    readUnits: value('readUnits'),
    queueRequests: value('queueRequests'),
    scheduledInvocations: value('scheduledInvocations'),
    logBytes: value('logBytes'),
    pushes: value('pushes'),
    mails: value('mails'),
    mailBytes: value('mailBytes'),
    smsParts: value('smsParts'),
    storedBytes: value('storedBytes'),
  };
}
