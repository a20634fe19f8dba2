import {
  type AnswerFault,
  type Answering,
  answerStatuses,
  type GivenAnswer,
  type Invitation,
  proposedTimes,
} from '../answering/answering.ts';
import { isObject } from '../signalling/serverMessage.ts';
import { fetchPatiently } from './fetchPatiently.ts';

/** What the service says, or why it says nothing. */
export type AnswerReply = { readonly invitation: Invitation } | { readonly fault: AnswerFault };

/** Asks how the participant of a personal link stands to the meeting. It answers nothing. */
export async function readInvitation(address: string): Promise<AnswerReply> {
  return await askService(address, {});
}

/** Sends what was typed. @param now epoch milliseconds */
export async function sendAnswer(address: string, answering: Answering, now: number): Promise<AnswerReply> {
  const { status, comment } = answering.typed;
  const body = { status, comment, proposed: proposedTimes(answering, now), sequence: answering.sequence };
  return await askService(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function askService(address: string, request: RequestInit): Promise<AnswerReply> {
  try {
    const { status, body } = await fetchPatiently(`${address}/answer`, request);
    return replyOf(status, body);
  } catch {
    return { fault: 'unreachable' };
  }
}

/** What an answer of the service means. */
export function replyOf(status: number, body: unknown): AnswerReply {
  const fields = isObject(body) ? body : {};
  if (status === 200 && isObject(fields.answer) && typeof fields.sequence === 'number') {
    const { answer, sequence } = fields;
    return { invitation: { sequence, given: givenOf(answer), earlier: givenOf(answer.earlier) } };
  }
  if (status === 404) return { fault: 'not-invited' };
  if (status === 410) return { fault: fields.code === 'cancelled' ? 'cancelled' : 'ended' };
  if (status === 429) return { fault: 'busy' };
  return { fault: faultyField(fields.errors) ?? 'unreachable' };
}

/** The first field that the service refuses, by the JSON Pointer to it. */
function faultyField(errors: unknown): AnswerFault | undefined {
  const [first] = Array.isArray(errors) ? errors : [];
  const path = isObject(first) ? String(first.path) : '';
  if (path.startsWith('/comment')) return 'comment-unfit';
  return path.startsWith('/proposed') ? 'time-unfit' : undefined;
}

function givenOf(value: unknown): GivenAnswer | undefined {
  if (!isObject(value)) return undefined;
  const status = answerStatuses.find((known) => known === value.status);
  if (status === undefined) return undefined;
  const comment = typeof value.comment === 'string' ? value.comment : '';
  const proposed = Array.isArray(value.proposed) ? value.proposed.flatMap(proposedOf) : [];
  return { status, comment, proposed };
}

function proposedOf(value: unknown) {
  if (!isObject(value) || typeof value.validSince !== 'string' || Number.isNaN(Date.parse(value.validSince))) return [];
  return [{ validSince: value.validSince, validUntil: String(value.validUntil) }];
}
