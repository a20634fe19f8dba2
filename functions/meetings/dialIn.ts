import type { Meeting } from './meeting.ts';

/** How to join by an ordinary telephone: the number, and the code that opens this meeting. */
export interface DialIn {
  /** E.164. */
  readonly extension: string;
  readonly pin?: string | undefined;
}

/** Where a deployment is dialled. */
export interface DialPlace {
  readonly pstnExtension?: string | undefined;
}

/** How a meeting is joined by telephone; undefined where the operator has no number for it. */
export function dialInOf({ pin }: Pick<Meeting, 'pin'>, { pstnExtension }: DialPlace): DialIn | undefined {
  return pstnExtension === undefined ? undefined : { extension: pstnExtension, pin };
}

export function isPin(text: string): boolean {
  return /^[1-9]\d{8}$/.test(text);
}
