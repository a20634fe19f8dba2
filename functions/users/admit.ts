import type { HttpRequest } from '../runtime/http.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import type { Caller } from './caller.ts';
import { parseClaims } from './claims.ts';
import { directory } from './directory.ts';

/** The caller of a door that only users enter. @throws Refusal `user-deleted` */
export function admit(request: HttpRequest, now: Date): Promise<Caller> {
  return directory(table()).admit(parseClaims(request.claims, settings()), now);
}
