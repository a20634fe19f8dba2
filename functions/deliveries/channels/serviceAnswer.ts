import { type AnswerKind, type AnswerTable, kindOfAnswer } from './answers.ts';

/** What a service answered in place of taking a message: it was not sent. */
export class ServiceAnswer extends Error {
  /** The service's own name for it, as `Throttling`. */
  readonly reason: string;
  readonly kind: AnswerKind;

  constructor(reason: string, kind: AnswerKind, message: string, cause: unknown) {
    super(message, { cause });
    this.name = reason;
    this.reason = reason;
    this.kind = kind;
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
 * `Exception` is the class of the service's answers, `answers` what they mean.
 */
export function answerIn(
  error: unknown,
  Exception: abstract new (...options: never) => AnswerOfService,
  answers: AnswerTable,
): ServiceAnswer | NoAnswer {
  if (!(error instanceof Exception)) return new NoAnswer(error);
  const { name, message, $metadata } = error;
  return new ServiceAnswer(name, kindOfAnswer(answers, name, message, $metadata.httpStatusCode ?? 0), message, error);
}

interface AnswerOfService extends Error {
  readonly $metadata: { readonly httpStatusCode?: number | undefined };
}
