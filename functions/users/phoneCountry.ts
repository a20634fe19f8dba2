import type { countryOf } from './callingCodes.ts';

export type CountryOf = typeof countryOf;

/**
 * Loads what knows the numbers of the world, which takes a tenth of a function's start. It is imported
 * by way of a file of ours: of a package that is loaded on demand itself, the bundle would hold all.
 */
export async function loadCountryOf(): Promise<CountryOf> {
  return (await import('./callingCodes.ts')).countryOf;
}
