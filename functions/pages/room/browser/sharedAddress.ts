/** The path that one may hand on: of a personal link without whose it is, since whoever comes by that comes as them. */
export function sharedAddress(address: string): string {
  return address.replace(/~[^/]*$/, '');
}

/** Whether an address is one participant's own. */
export function isPersonalAddress(address: string): boolean {
  return sharedAddress(address) !== address;
}
