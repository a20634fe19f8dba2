import { doorsByRoute } from '../doorsByRoute.ts';
import { enterDialIn } from './enterDialIn.ts';
import { readDialIn } from './readDialIn.ts';

/** Every call of a telephone exchange about who dials in: with a password, or before one is asked for. */
export const handler = doorsByRoute({
  'GET /dial-in/{pin}': readDialIn,
  'POST /dial-in/{pin}': enterDialIn,
});
