/** The path that one may hand on: of a personal link without whose it is, since whoever comes by that comes as them. */
export function sharedAddress(address: string): string {
  return address.replace(/~[^/]*$/, '');
}
