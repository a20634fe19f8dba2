import { emailKey } from './emailAddress.ts';
import { phoneKey } from './phoneNumber.ts';

/** What is equal of two mail addresses, or of two E.164 numbers, exactly where they are one person's. */
export function addressIdentity(address: string): string {
  return address.includes('@') ? emailKey(address) : phoneKey(address);
}

/** Whether two addresses are both there, and one person's. */
export function isSameAddress(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && addressIdentity(one) === addressIdentity(other);
}
