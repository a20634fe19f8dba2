import { asciiDomain } from '../../../users/emailAddress.ts';

/** An address that no mail can be sent to. */
export class InvalidMailAddress extends Error {
  override readonly name = 'InvalidMailAddress';
}

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`);

/**
 * An address as mail servers take it: a dot-atom (RFC 5322, section 3.4.1) and a domain in ASCII.
 *
 * @throws InvalidMailAddress for any other, so for all that would end a header or name a second recipient. Local parts
 * beyond ASCII are among them: SES does not send to them.
 */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const domain = asciiDomain(address.slice(at + 1));
  if (domain === undefined || !localPart.test(local) || local.length > 64) {
    throw new InvalidMailAddress('not an address that mail can be sent to');
  }
  return `${local}@${domain}`;
}

/** The address where mail can be sent to it; undefined where there is none, or it is one that SES or a calendar cannot take. */
export function mailableAddress(address: string | undefined): string | undefined {
  try {
    if (address !== undefined) asciiAddress(address);
    return address;
  } catch (error) {
    if (error instanceof InvalidMailAddress) return undefined;
    throw error;
  }
}

/** An address as a URI (RFC 6068), whose own signs are escaped. */
export function mailtoUri(address: string): string {
  return `mailto:${asciiAddress(address).replace(/[%/?#&=^`{|}]/g, (sign) => encodeURIComponent(sign))}`;
}
