import { domainToASCII } from 'node:url';

/** An address that no mail can be sent to. */
export class InvalidMailAddress extends Error {
  override readonly name = 'InvalidMailAddress';
}

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`);
const domainPart = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * An address as mail servers take it: a dot-atom (RFC 5322, section 3.4.1) and a domain in ASCII.
 *
 * @throws InvalidMailAddress for any other, so for all that would end a header or name a second recipient. Local parts
 * beyond ASCII are among them: SES does not send to them.
 */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const domain = domainToASCII(address.slice(at + 1));
  if (!localPart.test(local) || !domainPart.test(domain) || local.length > 64 || domain.length > 253) {
    throw new InvalidMailAddress('not an address that mail can be sent to');
  }
  return `${local}@${domain}`;
}

/** The same as a URI (RFC 6068), whose own signs are escaped. */
export function mailtoUri(address: string): string {
  return `mailto:${asciiAddress(address).replace(/[%/?#&=^`{|}]/g, (sign) => encodeURIComponent(sign))}`;
}
