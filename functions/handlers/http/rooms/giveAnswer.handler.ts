import { noSuchRoom } from '../../../rooms/closedRoom.ts';
import { door } from '../../../runtime/http.ts';
import { giveAnswer } from '../answering.ts';
import { findAnswering } from './findAnswering.ts';

/** `POST {linkPath}/{link}/answer`: what a personal link's participant answers to the invitation. */
export const handler = door(async (request) => {
  const now = new Date();
  const invited = await findAnswering(request, now);
  return giveAnswer(request, { ...invited, how: 'page', gone: noSuchRoom }, now);
});
