/** What a service answered in place of taking a message: it was not sent. */
export class ServiceAnswer extends Error {
  /** The service's own name for it, as `Throttling`. */
  readonly reason: string;
  readonly httpStatus: number;

  constructor(reason: string, message: string, httpStatus: number, cause: unknown) {
    super(message, { cause });
    this.name = reason;
    this.reason = reason;
    this.httpStatus = httpStatus;
  }
}

/** A service was called and gave no answer: whether it took the message is not known. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = cause instanceof Error ? cause.name : 'Unknown';
  }
}

/**
 * What an error says that the AWS SDK threw when a message was handed over: a ServiceAnswer, or else NoAnswer.
 * `Exception` is the class of the service's answers.
 */
export function answerIn(
  error: unknown,
  Exception: abstract new (...options: never) => AnswerOfService,
): ServiceAnswer | NoAnswer {
  if (!(error instanceof Exception)) return new NoAnswer(error);
  return new ServiceAnswer(error.name, error.message, error.$metadata.httpStatusCode ?? 0, error);
}

interface AnswerOfService extends Error {
  readonly $metadata: { readonly httpStatusCode?: number | undefined };
}
