/** The path that one may hand on: of a personal link without whose it is, since whoever comes by that comes as them. */
export function sharedAddress(address: string): string {
  return address.replace(/~[^/]*$/, '');
}

/** What of an address says whose it is; undefined of the link that anybody may hand on. */
export function personOfAddress(address: string): string | undefined {
  return /~([^/]+)$/.exec(address)?.[1];
}

/** Whether an address is one participant's own. */
export function isPersonalAddress(address: string): boolean {
  return sharedAddress(address) !== address;
}
