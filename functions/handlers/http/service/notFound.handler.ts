import { door } from '../../../runtime/http.ts';
import { Refusal } from '../../../runtime/refusal.ts';

/** `$default`: whatever no other door answers. */
export const handler = door(async () => {
  throw new Refusal('missing', 'no-such-route', 'There is nothing at this address.');
});
