/**
 * A time zone in IANA's own spelling, whatever case it is given in; undefined where there is none of that name.
 *
 * A link (`Asia/Calcutta`, `US/Eastern`) stays the name that was given, as ECMA-402 has it for `Temporal`: where links
 * lead changes between releases of the database, and CLDR, which Intl resolves to, leads some of them backwards
 * (`Asia/Kolkata` to `Asia/Calcutta`). Offsets (`+02:00`), which Intl takes too, are no zones.
 */
export function ianaZone(zone: string): string | undefined {
  if (!/^[a-z][\w+/-]{0,63}$/i.test(zone) || !isKnown(zone)) return undefined;
  const lower = zone.toLowerCase();
  return unusual.get(lower) ?? lower.split('/').map(spelled).join('/');
}

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Words have a capital, but the small ones within a name; abbreviations (`EST5EDT`, `PRC`, `US/…`) are capitals. */
function spelled(part: string, index: number, { length }: readonly string[]): string {
  const isAbbreviation = length === 1 && (part.length <= 3 || /\d/.test(part));
  const isUsOrGmt = part === (index === 0 ? 'us' : 'utc') || (index > 0 && /^(gmt|uct$)/.test(part));
  if (isAbbreviation || isUsOrGmt) return part.toUpperCase();
  return part.replace(/[a-z]+/g, (word, at) => (at > 0 && small.has(word) ? word : capital(word)));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const small = new Set(['es', 'of', 'au', 'ar']);

/** Names that follow none of this. */
const unusual = new Map(
  [
    'America/Argentina/ComodRivadavia',
    'America/Knox_IN',
    'Antarctica/DumontDUrville',
    'Antarctica/McMurdo',
    'Australia/ACT',
    'Australia/LHI',
    'Australia/NSW',
    'Brazil/DeNoronha',
    'Chile/EasterIsland',
    'GB-Eire',
    'Mexico/BajaNorte',
    'Mexico/BajaSur',
    'NZ-CHAT',
    'W-SU',
  ].map((name): [string, string] => [name.toLowerCase(), name]),
);
