import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CountryOf, loadCountryOf } from '../../functions/users/phoneCountry.ts';

let countryOf: CountryOf;

beforeAll(async () => {
  countryOf = await loadCountryOf();
});

describe('the country of a number', () => {
  test.each([
    ['+34600000002', 'ES'],
    // Of shared codes.
    ['+12125550123', 'US'],
    ['+14165550123', 'CA'],
    ['+18765550123', 'JM'],
    ['+16585550123', 'JM'],
    ['+18095550123', 'DO'],
    ['+79161234567', 'RU'],
    ['+77011234567', 'KZ'],
    ['+447400123456', 'GB'],
    ['+447797123456', 'JE'],
    ['+447624123456', 'IM'],
  ])('of %s is %s', (phone, country) => {
    expect(countryOf(phone)).toBe(country);
  });

  test.each(['+870301234567', '+88312345678901', '+999123456789', '+0', 'no number'])('of %s is none', (phone) => {
    expect(countryOf(phone)).toBeUndefined();
  });

  test('is that which the whole of the metadata says, of an example of each country', () => {
    const numbers = getCountries().flatMap((country) => getExampleNumber(country, examples)?.number ?? []);
    const differing = numbers.filter((phone) => countryOf(phone) !== parsePhoneNumberFromString(phone)?.country);

    expect(numbers.length).toBeGreaterThan(200);
    expect(differing).toEqual([]);
  });
});
