/** What kind of refusal it is; only the HTTP runtime turns a kind into a status. */
export type RefusalKind =
  | 'invalid'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'unsupported'
  | 'unprocessable'
  | 'limited';

/** One fault of the input: `path` as a caller would write it (`participants[2].email`), `message` says the rule. */
export interface InputFault {
  readonly path: string;
  readonly message: string;
}

interface RefusalDetails {
  readonly errors?: readonly InputFault[];
  /** Seconds after which the same call may succeed. */
  readonly retryAfterSeconds?: number;
  /** Members that the problem document carries beside the standard ones (RFC 9457, section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A call that the service understands and does not carry out. `code` is stable, `message` is for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly code: string;
  readonly errors: readonly InputFault[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(kind: RefusalKind, code: string, message: string, details: RefusalDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = code;
    this.errors = details.errors;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.extensions = details.extensions ?? {};
  }
}

/** The refusal of a body, path or query with faults; every fault is reported at once. */
export function invalidInput(errors: readonly InputFault[]): Refusal {
  const [first] = errors;
  const summary = first === undefined ? 'The input is invalid.' : `${first.path || 'The body'}: ${first.message}`;
  return new Refusal('invalid', 'invalid-input', summary, { errors });
}
