import * as z from 'zod/mini';
import { ianaZone } from '../../runtime/times/ianaZone.ts';

const rule = 'must be an IANA time zone such as Europe/Madrid';

/** A time zone as it comes in; in IANA's own spelling inside. */
export const timeZoneInput = z.pipe(
  z.string({ error: rule }).check(z.refine((zone) => zone.length <= 64 && ianaZone(zone) !== undefined, rule)),
  z.transform((zone) => ianaZone(zone) ?? zone),
);
