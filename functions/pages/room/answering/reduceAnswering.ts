import {
  type AnswerFault,
  type Answering,
  type AnswerStatus,
  comingTimes,
  type Invitation,
  localTime,
  type TypedAnswer,
} from './answering.ts';

/** What can happen to the question whether one can make it. */
export type AnsweringEvent =
  | {
      readonly type: 'invited';
      readonly invitation: Invitation;
      /** What a letter has chosen. */
      readonly chosen: AnswerStatus | undefined;
    }
  | { readonly type: 'answerChosen'; readonly status: AnswerStatus }
  | { readonly type: 'answerTyped'; readonly typed: Partial<TypedAnswer> }
  | { readonly type: 'answerChanging' }
  | { readonly type: 'answerSending' }
  | { readonly type: 'answerKept'; readonly invitation: Invitation }
  | { readonly type: 'answerRefused'; readonly fault: AnswerFault };

/** The question after an event; what was typed and not sent stays. @param now epoch milliseconds */
export function reduceAnswering(
  answering: Answering | undefined,
  event: AnsweringEvent,
  now: number,
): Answering | undefined {
  if (event.type === 'invited') return invited(answering, event, now);
  if (!answering) return undefined;
  switch (event.type) {
    case 'answerChosen':
      return { ...typed(answering, { status: event.status }), isChosen: true, isEditing: true };
    case 'answerTyped':
      return typed(answering, event.typed);
    case 'answerChanging':
      return { ...answering, isEditing: true };
    case 'answerSending':
      return { ...answering, isSending: true, fault: undefined };
    case 'answerKept':
      return kept(answering, event.invitation, now);
    case 'answerRefused':
      return { ...answering, isSending: false, fault: event.fault };
  }
}

function invited(
  before: Answering | undefined,
  { invitation, chosen }: Extract<AnsweringEvent, { type: 'invited' }>,
  now: number,
): Answering {
  if (before?.isTouched) return { ...before, given: undefined, earlier: undefined, ...invitation };
  return {
    ...invitation,
    typed: fieldsOf(invitation, chosen, now),
    isTouched: false,
    isChosen: chosen !== undefined,
    isEditing: invitation.given === undefined || chosen !== undefined,
    isSending: false,
    fault: undefined,
  };
}

function typed(answering: Answering, change: Partial<TypedAnswer>): Answering {
  return { ...answering, typed: { ...answering.typed, ...change }, isTouched: true, fault: undefined };
}

/** An answer that a move has overtaken on its way counts no more. */
function kept(answering: Answering, invitation: Invitation, now: number): Answering {
  const asked = { ...answering, given: undefined, earlier: undefined, ...invitation, isSending: false };
  if (!invitation.given) return { ...asked, fault: 'moved' };
  return {
    ...asked,
    typed: fieldsOf(invitation, undefined, now),
    isTouched: false,
    isChosen: false,
    isEditing: false,
    fault: undefined,
  };
}

function fieldsOf({ given }: Invitation, chosen: AnswerStatus | undefined, now: number): TypedAnswer {
  const [proposed] = comingTimes(given, now);
  return {
    status: chosen ?? given?.status,
    comment: given?.comment ?? '',
    time: proposed ? localTime(proposed.validSince) : '',
    isTimeIncomplete: false,
  };
}
