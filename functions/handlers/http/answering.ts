import { answerInput } from '../../meetings/answers/answerInput.ts';
import { makeAnswer } from '../../meetings/answers/makeAnswer.ts';
import { presentInvited } from '../../meetings/answers/presentInvited.ts';
import type { Meeting, Participant } from '../../meetings/meeting.ts';
import { expiryOf } from '../../meetings/meetingStore.ts';
import type { HttpReply, HttpRequest } from '../../runtime/http.ts';
import { parseInput } from '../../runtime/input.ts';
import type { Refusal } from '../../runtime/refusal.ts';
import { settings } from '../../runtime/settings.ts';
import { nameOf } from '../../users/user.ts';
import * as stores from '../stores.ts';

/** A participant of a meeting, and by what they answer. */
interface Answering {
  readonly meeting: Meeting;
  readonly person: Participant;
  readonly how: 'page' | 'api';
  /** What refuses somebody who takes no part any more. */
  readonly gone: () => Refusal;
}

/**
 * Keeps what a participant answers, and shows what stands then. Who is taken off at that moment leaves nothing: the
 * stream may have looked for answers of theirs before this one was written.
 *
 * @throws Refusal `invalid-json`, `invalid-input`, and what `gone` gives
 */
export async function giveAnswer(request: HttpRequest, answering: Answering, now: Date): Promise<HttpReply> {
  const { meeting, person, how, gone } = answering;
  const input = parseInput(answerInput, request.json());
  const expiresAt = expiryOf(meeting, settings().retentionDays);
  await stores.answers().keep(meeting.id, makeAnswer(meeting, person, input, { how, now, expiresAt }));
  const since = await stores.meetings().get(meeting.id);
  const still = since?.participants.find(({ id }) => id === person.id);
  if (!since || !still) {
    await stores.answers().remove(meeting.id, person.id);
    throw gone();
  }
  return showAnswer(since, still);
}

/** What a participant is shown of a meeting, and of the answers to it. */
export async function showAnswer(meeting: Meeting, person: Participant): Promise<HttpReply> {
  const [answers, organizer] = await Promise.all([
    stores.answers().ofMeeting(meeting.id),
    stores.users().findReadable(meeting.organizerId),
  ]);
  return { status: 200, body: presentInvited(meeting, person, answers, organizer && nameOf(organizer)) };
}
