import { domainToASCII, domainToUnicode } from 'node:url';
import * as z from 'zod/mini';

const rule = 'must be a mail address such as ana@example.org, of at most 254 characters';

/** An RFC 5321 dot-atom: what SES takes. */
const dotAtom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** What UTS 46 reads as the dot between labels, beside that of ASCII: input methods of East Asia write them. */
const otherDots = /[\u3002\uff0e\uff61]/g;
const topLevel = /^(?:[a-z]{2,63}|xn--[a-z0-9-]+)$/;

/**
 * The domain of a mailbox in the ASCII form that DNS knows it by (UTS 46, RFC 5890): lower case, each label of 1 to 63
 * letters, digits and inner hyphens, at most 253 in all. Undefined where it has none.
 */
export function asciiDomain(domain: string): string | undefined {
  // Of what else `domainToASCII` takes for a host, `%65` for one, nothing belongs in the domain of a mailbox.
  if (/[^A-Za-z0-9.-]/.test(domain.replace(/\P{ASCII}/gu, ''))) return undefined;
  const ascii = isAscii(domain) ? domain.toLowerCase() : domainToASCII(domain.normalize('NFC'));
  return ascii.length <= 253 && ascii.split('.').every(isLabel) ? ascii : undefined;
}

function isLabel(label: string): boolean {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) return false;
  return !label.startsWith('xn--') || isPunycode(label);
}

/** Whether an A-label is that of the text which it stands for; what is ASCII alone `domainToASCII` does not look into. */
function isPunycode(label: string): boolean {
  const text = domainToUnicode(label);
  return !isAscii(text) && domainToASCII(text) === label;
}

/**
 * A mail address as it comes in, its domain in Unicode's composed form (NFC); its case and the writing of its domain
 * stay, and its local part is as it was: composed, the Kelvin sign were a K.
 */
export const emailInput = z.pipe(
  z.string({ error: rule }).check(z.refine((text) => text.length <= 254 && isMailbox(text), rule)),
  z.transform((text) => {
    const { local, domain } = parts(text);
    return `${local}@${domain.normalize('NFC')}`;
  }),
);

function isMailbox(address: string): boolean {
  const { local, domain } = parts(address);
  const ascii = asciiDomain(domain);
  if (
    ascii === undefined ||
    local.length > 64 ||
    !dotAtom.test(local) ||
    /[^\p{L}\p{M}\p{N}\p{Join_Control}.-]/u.test(domain.replace(otherDots, '.'))
  )
    return false;
  const labels = ascii.split('.');
  return labels.length > 1 && topLevel.test(labels.at(-1) ?? '') && local.length + 1 + ascii.length <= 254;
}

/** What an issuer verified may be the address of: it has a domain, and fits into a key of the table. */
export function isAddressClaim(text: string): boolean {
  const { local, domain } = parts(text);
  return local !== '' && domain !== '' && Buffer.byteLength(text) <= 320 && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}

/**
 * What is equal of two spellings exactly where they are one mailbox: ASCII letters in lower case and the domain as DNS
 * knows it. All else of the local part counts byte for byte, for only its own server knows what it means (RFC 5321,
 * section 2.4).
 */
export function emailKey(address: string): string {
  const { local, domain } = parts(address);
  return `${lowerAscii(local)}@${asciiDomain(domain) ?? lowerAscii(domain)}`;
}

/** An address, or the beginning of one, with its domain as people read it: lists sort and are searched by that. */
export function withUnicodeDomain(address: string): string {
  if (!address.includes('@')) return address;
  const { local, domain } = parts(address);
  const dotted = domain.replace(otherDots, '.');
  const isEncoded = /(?:^|\.)xn--/i.test(dotted);
  return `${local}@${(isEncoded && domainToUnicode(dotted)) || dotted}`;
}

/** Letters beyond ASCII stay: of some the lower case is an ASCII letter, as of the Kelvin sign. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function parts(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, Math.max(at, 0)), domain: address.slice(at + 1) };
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}
