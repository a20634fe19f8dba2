/**
 * What a service's answer in place of taking a message is about: too much at once (`throttled`), trouble of its own that
 * passes (`passing`), what an operator has to mend (`setUp`), or this address or message, for good (`refused`).
 */
export type AnswerKind = 'throttled' | 'passing' | 'setUp' | 'refused';

/** By the service's name of an answer, without `Exception` at its end; some names need the answer's words to be told apart. */
export type AnswerTable = Readonly<Record<string, AnswerKind | ((message: string) => AnswerKind)>>;

/** What every service of AWS may answer (the references of Amazon SES and Amazon SNS, "Common Error Types"). */
export const commonAnswers: AnswerTable = {
  Throttling: 'throttled',
  Throttled: 'throttled',
  TooManyRequests: 'throttled',
  RequestThrottled: 'throttled',
  RequestLimitExceeded: 'throttled',
  InternalFailure: 'passing',
  InternalError: 'passing',
  ServiceUnavailable: 'passing',
  RequestTimeout: 'passing',
  // The clock or the credentials of this one environment are out of date.
  RequestExpired: 'passing',
  RequestTimeTooSkewed: 'passing',
  ExpiredToken: 'passing',
  AccessDenied: 'setUp',
  NotAuthorized: 'setUp',
  OptInRequired: 'setUp',
  InvalidClientTokenId: 'setUp',
  UnrecognizedClient: 'setUp',
  MissingAuthenticationToken: 'setUp',
  IncompleteSignature: 'setUp',
  SignatureDoesNotMatch: 'setUp',
  // The call is wrong, whomever it is for.
  InvalidAction: 'setUp',
  MissingAction: 'setUp',
  MissingParameter: 'setUp',
  MalformedQueryString: 'setUp',
  InvalidQueryParameter: 'setUp',
  InvalidParameterCombination: 'setUp',
  InvalidParameterValue: 'refused',
  ValidationError: 'refused',
  Validation: 'refused',
};

/** An answer that no table knows is for a person to look at, unless its status says that it passes. */
export function kindOfAnswer(own: AnswerTable, name: string, message: string, httpStatus: number): AnswerKind {
  const short = name.replace(/Exception$/, '');
  const known = own[short] ?? commonAnswers[short];
  if (known !== undefined) return typeof known === 'string' ? known : known(message);
  if (httpStatus === 429) return 'throttled';
  return httpStatus >= 500 ? 'passing' : 'setUp';
}
