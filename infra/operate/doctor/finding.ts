/** What a question to the account came to. */
export interface Finding {
  /** What was looked at, as `SES sandbox`. */
  readonly check: string;
  /** `unknown`: it could not be asked, or its answer does not tell. */
  readonly state: 'well' | 'missing' | 'unknown';
  /** What there is, in a few words. */
  readonly found: string;
  /** What the settings ask for, likewise. */
  readonly needed: string;
  /** What is missing, and what follows from it: one sentence. Absent where all is well. */
  readonly says?: string;
  /** Commands, or the page of the console that mends it, a line each. Absent where all is well. */
  readonly mend?: readonly string[];
}

/** A finding, with the action that was asked, as IAM names it: `ses:GetAccount`. */
export interface AskedFinding extends Finding {
  readonly asked: string;
}

type Fault = Required<Omit<Finding, 'check' | 'state'>>;

export function well(check: string, found: string, needed: string): Finding {
  return { check, state: 'well', found, needed };
}

export function missing(check: string, fault: Fault): Finding {
  return { check, state: 'missing', ...fault };
}

export function unknown(check: string, fault: Fault): Finding {
  return { check, state: 'unknown', ...fault };
}
