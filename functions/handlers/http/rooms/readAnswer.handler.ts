import { door } from '../../../runtime/http.ts';
import { showAnswer } from '../answering.ts';
import { findAnswering } from './findAnswering.ts';

/** `GET {linkPath}/{link}/answer`: what a personal link's participant is asked, and has answered. It changes nothing. */
export const handler = door(async (request) => {
  const { meeting, person } = await findAnswering(request, new Date());
  return showAnswer(meeting, person);
});
