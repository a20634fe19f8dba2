import { door, type HttpReply, type HttpRequest } from '../../runtime/http.ts';
import { settings } from '../../runtime/settings.ts';
import { unverifiedClaims } from '../../users/bearerToken.ts';
import type { Caller } from '../../users/caller.ts';
import { parseClaims } from '../../users/claims.ts';
import * as stores from '../stores.ts';

/** A call of a user of the directory. */
export interface UserCall {
  readonly request: HttpRequest;
  readonly caller: Caller;
  /** When the call came. */
  readonly now: Date;
}

/** Makes a Lambda handler of a door that only users enter: whoever calls is in the directory before `answer` begins. */
export function userDoor(answer: (call: UserCall) => Promise<HttpReply>) {
  return door(async (request) => {
    const now = new Date();
    const claims = parseClaims(request.claims, settings(), unverifiedClaims(request.headers.authorization));
    const caller = await stores.users().admit(claims, now);
    return answer({ request, caller, now });
  });
}
