import { doorsByRoute } from '../doorsByRoute.ts';
import { addParticipant } from './addParticipant.ts';
import { removeParticipant } from './removeParticipant.ts';

/** The calls that add or remove one participant. */
export const handler = doorsByRoute({
  'POST /meetings/{id}/participants': addParticipant,
  'DELETE /meetings/{id}/participants/{participantId}': removeParticipant,
});
