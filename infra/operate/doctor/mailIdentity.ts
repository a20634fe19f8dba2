import { type Finding, missing, well } from './finding.ts';
import { awsCommand, consolePage, type Place } from './place.ts';

/** What SES holds of an address or a domain (Amazon SES API v2 reference, "GetEmailIdentity"). */
export interface MailIdentity {
  /** The address or the domain itself. */
  readonly name: string;
  readonly isVerified: boolean;
  readonly dkim: {
    readonly isSigning: boolean;
    /** SES's own word: `SUCCESS`, `PENDING`, `FAILED`, `TEMPORARY_FAILURE` or `NOT_STARTED`. */
    readonly status: string;
    /** With which the names of the domain's DNS records begin; empty where the domain brought a key of its own. */
    readonly tokens: readonly string[];
    /** In which SES publishes the keys. */
    readonly zone: string;
  };
}

/**
 * What SES may hold an address against, the nearest first: itself, its domain and those above it (Amazon SES developer
 * guide, "Verified identities": a verified domain serves all its addresses and subdomains).
 */
export function identitiesOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return [address, ...domains];
}

/** @param held of `identitiesOf`, those that SES holds, in that order */
export function judgeMailIdentity(address: string, held: readonly MailIdentity[], place: Place): Finding[] {
  const verified = held.filter(({ isVerified }) => isVerified);
  return verified.length > 0
    ? [well('SES identity', `${names(verified)} verified`, neededFor(address)), judgeDkim(address, held, place)]
    : [judgeUnverified(address, held, place)];
}

function judgeUnverified(address: string, held: readonly MailIdentity[], place: Place): Finding {
  const needed = neededFor(address);
  const says = `SES refuses all mail from ${address}.`;
  const [nearest] = held;
  if (nearest === undefined)
    return missing('SES identity', {
      found: 'none',
      needed,
      says,
      mend: [
        awsCommand(`sesv2 create-email-identity --email-identity ${domainOf(address)}`, place),
        'and put a CNAME record into its DNS for each of the tokens that it answers; this command then prints them',
      ],
    });
  return missing('SES identity', {
    found: `${nearest.name} is not verified`,
    needed,
    says,
    mend: isAddress(nearest)
      ? [`follow the link in the mail that AWS sent to ${nearest.name}`]
      : recordsOf(nearest, place),
  });
}

/**
 * Mail providers ask senders to sign. What is set of a domain stands over what is set of those above it (Amazon SES
 * developer guide, "Authenticating Email with DKIM in Amazon SES").
 */
function judgeDkim(address: string, held: readonly MailIdentity[], place: Place): Finding {
  const check = 'SES DKIM';
  const needed = 'signing';
  const domain = held.find((identity) => !isAddress(identity));
  const says = 'Mail is not signed, and large providers refuse it or file it as spam.';
  if (domain === undefined)
    return missing(check, {
      found: `only the address is verified, not ${domainOf(address)}`,
      needed,
      says,
      mend: [awsCommand(`sesv2 create-email-identity --email-identity ${domainOf(address)}`, place)],
    });
  const { isSigning, status } = domain.dkim;
  if (isSigning && status === 'SUCCESS') return well(check, `signed for ${domain.name}`, needed);
  if (status === 'SUCCESS')
    return missing(check, {
      found: `turned off for ${domain.name}`,
      needed,
      says,
      mend: [
        awsCommand(`sesv2 put-email-identity-dkim-attributes --email-identity ${domain.name} --signing-enabled`, place),
      ],
    });
  return missing(check, { found: `${status} for ${domain.name}`, needed, says, mend: recordsOf(domain, place) });
}

/**
 * The DNS records by which a domain is verified and signs (Amazon SES developer guide, "Easy DKIM in Amazon SES"); the page
 * of the domain where its key is its own.
 */
function recordsOf({ name, dkim: { tokens, zone } }: MailIdentity, place: Place): string[] {
  const records = tokens.map((token) => `${token}._domainkey.${name} CNAME ${token}.${zone}`);
  if (records.length > 0) return [`put into the DNS of ${name}:`, ...records];
  return [consolePage(`ses/home?region=REGION#/identities/${name}`, place)];
}

function neededFor(address: string): string {
  return `one that is verified for ${address} (mailIdentity)`;
}

function names(identities: readonly MailIdentity[]): string {
  return identities.map(({ name }) => name).join(', ');
}

function isAddress({ name }: MailIdentity): boolean {
  return name.includes('@');
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
