import { chooseConference } from '../../../rooms/conference/chooseConference.ts';
import { routes } from '../../../routes.ts';
import { door } from '../../../runtime/http.ts';
import { Refusal } from '../../../runtime/refusal.ts';
import { allowedMethods } from '../../../runtime/route.ts';
import { settings } from '../../../runtime/settings.ts';

/** `$default`: whatever no other door answers; an address that answers another method says which. */
export const handler = door(async ({ method, address }) => {
  const allow = allowedMethods([...routes, ...chooseConference(settings()).routes], address, settings().linkPath);
  if (allow.length === 0) throw new Refusal('missing', 'no-such-route', 'There is nothing at this address.');
  const message = `This address answers ${allow.join(', ')}, not ${method}.`;
  throw new Refusal('unallowed', 'method-not-allowed', message, { allow });
});
