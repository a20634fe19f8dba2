import { InvalidMailAddress } from './channels/email/mailAddress.ts';
import { NoAnswer, ServiceAnswer } from './channels/serviceAnswer.ts';
import { TemplateError } from './templates/rendering.ts';

/** What an error means for a delivery. */
export type Fault =
  /** It was not sent, and may be sent later. */
  | { readonly kind: 'later'; readonly reason: string }
  /** It was one too many: it was not sent, and there is nothing wrong with it. */
  | { readonly kind: 'throttled'; readonly reason: string }
  /** It was not sent, and is not until an operator has mended something. */
  | { readonly kind: 'setUp'; readonly reason: string }
  /** It was refused, and would be refused again. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer came: it may or may not have been sent. */
  | { readonly kind: 'unclear'; readonly reason: string };

/** An answer of a service says what happened; only its silence leaves it open. What failed before it was called sent nothing. */
export function faultOf(error: unknown): Fault {
  if (error instanceof InvalidMailAddress || error instanceof TemplateError) {
    return { kind: 'refused', reason: error.name };
  }
  if (error instanceof NoAnswer) return { kind: 'unclear', reason: error.name };
  if (!(error instanceof ServiceAnswer))
    return { kind: 'later', reason: error instanceof Error ? error.name : 'Unknown' };
  const { kind, reason } = error;
  return { kind: kind === 'passing' ? 'later' : kind, reason };
}
