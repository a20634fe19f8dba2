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

/** The answer in an error of the AWS SDK; any other error as it is. `Exception` is the class of the service's answers. */
export function answerIn(error: unknown, Exception: abstract new (...options: never) => AnswerOfService): unknown {
  if (!(error instanceof Exception)) return error;
  return new ServiceAnswer(error.name, error.message, error.$metadata.httpStatusCode ?? 0, error);
}

interface AnswerOfService extends Error {
  readonly $metadata: { readonly httpStatusCode?: number | undefined };
}
