/** What something takes of AWS. */
export interface Usage {
  readonly httpRequests: number;
  readonly replyBytes: number;
  readonly invocations: number;
  /** Of all functions but those that send mails, whose time follows from their pace. */
  readonly seconds: number;
  readonly gigabyteSeconds: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Sends, and the receives and deletes of the mappings. */
  readonly queueRequests: number;
  readonly scheduledInvocations: number;
  /** Of functions, with the three lines that Lambda adds to each invocation, and of the API's access log. */
  readonly logBytes: number;
  readonly pushes: number;
  readonly mails: number;
  readonly mailBytes: number;
  readonly smsParts: number;
  /** In the table, for as long as meetings are kept. */
  readonly storedBytes: number;
}

/** What a meeting takes by itself, the mail to its organizer included, and what each of its participants adds. */
export interface MeasuredUsage {
  readonly perMeeting: Usage;
  readonly perMail: Usage;
  readonly perSms: Usage;
  /** One mail by itself: from its job's receipt until it is marked. */
  readonly secondsOfMail: number;
}

/**
 * Counted in the local run (`test/journeys/cost/cost.proof.ts`, which says what to write here where it counts otherwise): a
 * meeting that is scheduled by somebody with one device, invites by the shipped templates, tells them of it by mail, hears
 * from SES that each mail was delivered, and reminds by push.
 */
export const measuredUsage: MeasuredUsage = {
  perMeeting: {
    httpRequests: 1,
    replyBytes: 677,
    invocations: 5.1,
    seconds: 0.288,
    gigabyteSeconds: 0.1785,
    writeUnits: 16.1,
    readUnits: 18.3,
    queueRequests: 3.3,
    scheduledInvocations: 1,
    logBytes: 3_266,
    pushes: 1,
    mails: 1,
    mailBytes: 12_159,
    smsParts: 0,
    storedBytes: 2_655,
  },
  perMail: {
    httpRequests: 0,
    replyBytes: 105,
    invocations: 1.1,
    seconds: 0.0318,
    gigabyteSeconds: 0.0161,
    writeUnits: 4.1,
    readUnits: 3.3,
    queueRequests: 0.3,
    scheduledInvocations: 0,
    logBytes: 784,
    pushes: 0,
    mails: 1,
    mailBytes: 15_562,
    smsParts: 0,
    storedBytes: 1_178,
  },
  perSms: {
    httpRequests: 0,
    replyBytes: 97,
    invocations: 0.1,
    seconds: 0.1041,
    gigabyteSeconds: 0.102,
    writeUnits: 5.1,
    readUnits: 2.3,
    queueRequests: 0.3,
    scheduledInvocations: 0,
    logBytes: 306,
    pushes: 0,
    mails: 0,
    // A line of the organizer's.
    mailBytes: 28,
    smsParts: 1,
    storedBytes: 1_257,
  },
  secondsOfMail: 0.06,
};
