import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlanOf, type PlanOf } from '../../functions/users/loadNumberPlan.ts';

let planOf: PlanOf;
const countryOf = (phone: string) => planOf(phone)?.country;

beforeAll(async () => {
  planOf = await loadPlanOf();
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

describe('what the plan of its country says of a number', () => {
  test.each([
    ['+34600000009', '+34600000009', 'yes'],
    ['+4407400123456', '+447400123456', 'yes'],
    ['+370861234567', '+37061234567', 'yes'],
    ['+2250708091011', '+2250708091011', 'yes'],
    ['+525512345678', '+525512345678', 'yes'],
    ['+12125550123', '+12125550123', 'yes'],
    ['+34912345678', '+34912345678', 'landline'],
    ['+390612345678', '+390612345678', 'landline'],
    ['+449098790000', '+449098790000', 'no'],
    ['+447012345678', '+447012345678', 'no'],
    ['+34900123456', '+34900123456', 'no'],
  ])('of %s is that it is %s, with SMS: %s', (given, number, takesSms) => {
    expect(planOf(given)).toMatchObject({ number, takesSms });
  });

  test.each([
    '+22507080910',
    '+22997000000',
    '+551187654321',
    '+346000001',
    '+34999999999',
    '+3406000000009',
    'no number',
  ])('of %s is that nobody can have it', (given) => {
    expect(planOf(given)).toBeUndefined();
  });
});
