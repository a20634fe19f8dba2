/** What kind of refusal it is; only the HTTP runtime turns a kind into a status. */
export type RefusalKind =
  | 'invalid'
  | 'forbidden'
  | 'missing'
  | 'unallowed'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'unsupported'
  | 'unprocessable'
  | 'limited';

/** One fault of the input. */
export interface InputFault {
  /**
   * A JSON Pointer (RFC 6901): into the body (`/participants/2/email`), or to a parameter of the path, the query or
   * the headers by its name (`/limit`, `/If-Match`). Empty for the body itself.
   */
  readonly path: string;
  /** The rule that is broken; it goes on from the path: `must be …`, `is required`. */
  readonly message: string;
}

interface RefusalDetails {
  readonly errors?: readonly InputFault[];
  /** Seconds after which the same call may succeed. */
  readonly retryAfterSeconds?: number;
  /** Of a code that the runtime's list of problems does not have: what it is called, the same at every occurrence. */
  readonly title?: string;
  /** The methods that the address answers. */
  readonly allow?: readonly string[];
  /** Members that the problem document carries beside the standard ones (RFC 9457, section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A call that the service understands and does not carry out. `code` is stable, `message` tells people of this occurrence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly code: string;
  readonly errors: readonly InputFault[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly allow: readonly string[] | undefined;
  /** Undefined where the runtime's list of problems has it. */
  readonly title: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(kind: RefusalKind, code: string, message: string, details: RefusalDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = code;
    this.errors = details.errors;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.allow = details.allow;
    this.title = details.title;
    this.extensions = details.extensions ?? {};
  }
}

/** A reply of ten megabytes would never arrive. */
const mostFaults = 100;

/** The refusal of a body, path, query or header with faults: the first hundred, at once. */
export function invalidInput(faults: readonly InputFault[]): Refusal {
  const [first, ...others] = faults;
  if (first === undefined) throw new Error('An input without faults is not refused');
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const detail = `${first.path || 'The body'} ${first.message}${more}.`;
  return new Refusal('invalid', 'invalid-input', detail, { errors: faults.slice(0, mostFaults) });
}
