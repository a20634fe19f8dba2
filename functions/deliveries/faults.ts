import { InvalidMailAddress } from './channels/email/mailAddress.ts';
import { NoAnswer, ServiceAnswer } from './channels/serviceAnswer.ts';
import { TemplateError } from './templates/rendering.ts';

/** What an error means for a delivery. */
export type Fault =
  /** It was not sent, and may be sent later. */
  | { readonly kind: 'later'; readonly reason: string }
  /** It was refused, and would be refused again. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer came: it may or may not have been sent. */
  | { readonly kind: 'unclear'; readonly reason: string };

const passing = /throttl|too ?many|rate|unavailable|internal|timeout|paused|expired/i;

/** An answer of a service says what happened; only its silence leaves it open. What failed before it was called sent nothing. */
export function faultOf(error: unknown): Fault {
  if (error instanceof InvalidMailAddress || error instanceof TemplateError) {
    return { kind: 'refused', reason: error.name };
  }
  if (error instanceof NoAnswer) return { kind: 'unclear', reason: error.name };
  if (!(error instanceof ServiceAnswer))
    return { kind: 'later', reason: error instanceof Error ? error.name : 'Unknown' };
  const { reason, httpStatus } = error;
  const isPassing = passing.test(reason) || httpStatus >= 500 || httpStatus === 429;
  return { kind: isPassing ? 'later' : 'refused', reason };
}
