import { expect, test } from 'vitest';
import {
  impossibleNumberFaults,
  isCountryAllowed,
  smsNumberFaults,
  withPhoneTypes,
  withPlannedNumbers,
} from '../../functions/meetings/smsReach.ts';
import { planOf } from '../../functions/users/numberPlan.ts';

const spain = { planOf, countries: ['ES', 'MX'] };
const mobile = { phone: '+34600000009' };
const landline = { phone: '+34930000001' };
const premium = { phone: '+34803123456' };
const impossible = { phone: '+22512345678' };
const french = { phone: '+33612345678' };
const nobody: { name: string; phone?: string } = { name: 'Ana' };

test('a number that its country cannot have is a fault, whoever gets SMS', () => {
  const fault = {
    path: '/participants/1/phone',
    message: 'must be a number that the numbering plan of its country can have',
  };

  expect(impossibleNumberFaults([mobile, impossible, nobody, french], spain)).toEqual([fault]);
  expect(impossibleNumberFaults([mobile, impossible], { planOf, countries: undefined })).toEqual([fault]);
  expect(impossibleNumberFaults([impossible], undefined)).toEqual([]);
});

test('a number that gets no SMS is a fault where people are invited by SMS; a landline is none', () => {
  const foreign = 'must be a number of a country that this service sends SMS to: ES, MX';
  const never = 'must not be a number of premium rate, shared cost, free of charge or of a pager: those get no SMS';

  expect(smsNumberFaults([mobile, landline, french, premium, nobody, impossible], spain)).toEqual([
    { path: '/participants/2/phone', message: foreign },
    { path: '/participants/3/phone', message: never },
  ]);
  expect(smsNumberFaults([french, premium], { planOf, countries: undefined })).toEqual([]);
  expect(smsNumberFaults([french, premium], undefined)).toEqual([]);
});

test('a country gets SMS where it is among those of the service', () => {
  expect([isCountryAllowed('ES', ['ES']), isCountryAllowed('FR', ['ES'])]).toEqual([true, false]);
  expect(isCountryAllowed(undefined, ['ES'])).toBe(false);
});

test('a number is kept as the plan of its country writes it', () => {
  const people = [{ phone: '+4402079460018', name: 'Ana' }, impossible, nobody];

  expect(withPlannedNumbers(people, spain)).toEqual([{ phone: '+442079460018', name: 'Ana' }, impossible, nobody]);
  expect(withPlannedNumbers(people, undefined)).toEqual(people);
});

test('whoever has a landline is marked so, and nobody else', () => {
  expect(withPhoneTypes([landline, mobile, nobody], spain)).toEqual([
    { ...landline, phoneType: 'landline' },
    { ...mobile, phoneType: undefined },
    { ...nobody, phoneType: undefined },
  ]);
  expect(withPhoneTypes([landline], undefined)).toEqual([landline]);
});
