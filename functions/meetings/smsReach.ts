import type { InputFault } from '../runtime/refusal.ts';
import { addressIdentity } from '../users/addressIdentity.ts';
import type { PlannedNumber, PlanOf } from '../users/loadNumberPlan.ts';

/** What numbers there are, and to which of them a service sends SMS. */
export interface SmsReach {
  readonly planOf: PlanOf;
  /** ISO 3166, two letters; undefined where nobody is invited by SMS. */
  readonly countries: readonly string[] | undefined;
}

interface Phoned {
  readonly phone?: string | undefined;
}

const noNumber = 'must be a number that the numbering plan of its country can have';
const noSms = 'must not be a number of premium rate, shared cost, free of charge or of a pager: those get no SMS';

/** One fault for each number that nobody can have. */
export function impossibleNumberFaults(participants: readonly Phoned[], reach: SmsReach | undefined): InputFault[] {
  return faultsOf(participants, reach, (planned) => (planned ? undefined : noNumber));
}

/** One fault for each number that no SMS is sent to; none where nobody is invited by SMS. Of a landline the reply says so. */
export function smsNumberFaults(participants: readonly Phoned[], reach: SmsReach | undefined): InputFault[] {
  const countries = reach?.countries;
  if (!countries) return [];
  const foreign = `must be a number of a country that this service sends SMS to: ${countries.join(', ')}`;
  return faultsOf(participants, reach, (planned) => {
    if (!planned) return undefined;
    if (!isCountryAllowed(planned.country, countries)) return foreign;
    return planned.takesSms === 'no' ? noSms : undefined;
  });
}

function faultsOf(
  participants: readonly Phoned[],
  reach: SmsReach | undefined,
  rule: (planned: PlannedNumber | undefined) => string | undefined,
): InputFault[] {
  if (!reach) return [];
  return participants.flatMap(({ phone }, index) => {
    const message = phone === undefined ? undefined : rule(reach.planOf(phone));
    return message === undefined ? [] : [{ path: `/participants/${index}/phone`, message }];
  });
}

export function isCountryAllowed(country: string | undefined, countries: readonly string[]): boolean {
  return country !== undefined && countries.includes(country);
}

/**
 * People with their numbers as the plans of their countries write them. Of the spellings of one person's number, among
 * them and the `others`, all get the one that takes SMS.
 */
export function withPlannedNumbers<Person extends Phoned>(
  people: readonly Person[],
  reach: SmsReach | undefined,
  others: readonly Phoned[] = [],
): Person[] {
  if (!reach) return [...people];
  const textable = textableNumbers([...people, ...others], reach);
  return people.map((person) => {
    const planned = person.phone === undefined ? undefined : reach.planOf(person.phone);
    return planned ? { ...person, phone: textable.get(addressIdentity(planned.number)) ?? planned.number } : person;
  });
}

/** The numbers that take SMS, by what identifies them. */
function textableNumbers(people: readonly Phoned[], { planOf }: SmsReach): Map<string, string> {
  const planned = people.flatMap(({ phone }) => (phone === undefined ? [] : (planOf(phone) ?? [])));
  const textable = planned.filter(({ takesSms }) => takesSms === 'yes');
  return new Map(textable.map(({ number }) => [addressIdentity(number), number]));
}

/** The people of a meeting, of whom those with a landline are marked so. */
export function withPhoneTypes<Person extends Phoned>(
  people: readonly Person[],
  reach: SmsReach | undefined,
): Person[] {
  if (!reach) return [...people];
  return people.map((person) => {
    const isLandline = person.phone !== undefined && reach.planOf(person.phone)?.takesSms === 'landline';
    return { ...person, phoneType: isLandline ? 'landline' : undefined };
  });
}
