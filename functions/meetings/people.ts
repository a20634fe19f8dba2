import type { InputFault } from '../runtime/refusal.ts';
import type { ParticipantInput } from './meetingInput.ts';

/** The three ways in which an entry says who it is. */
const identities = ['userId', 'email', 'phone'] as const;
type Identity = (typeof identities)[number];

interface Entry {
  readonly index: number;
  readonly person: ParticipantInput;
}

/**
 * Makes one participant of entries that name the same user, address or number. Entries that agree
 * are joined; a fault names those that share one identity and differ in another.
 */
export function distinctPeople(entries: readonly ParticipantInput[]): {
  people: ParticipantInput[];
  faults: InputFault[];
} {
  const known = new Map<string, Entry>();
  const people = new Set<Entry>();
  const faults: InputFault[] = [];
  for (const [index, person] of entries.entries()) {
    const same = [...new Set(identitiesOf(person).flatMap((identity) => known.get(identity) ?? []))];
    const fault = same.flatMap((entry) => differences(entry, person, index))[0];
    if (fault) {
      faults.push(fault);
      continue;
    }
    const [first = { index, person }] = same;
    const joined = { index: first.index, person: Object.assign({}, person, ...same.map((entry) => entry.person)) };
    for (const entry of same) people.delete(entry);
    people.add(joined);
    for (const identity of identitiesOf(joined.person)) known.set(identity, joined);
  }
  const inOrder = [...people].sort((one, other) => one.index - other.index);
  return { people: inOrder.map(({ person }) => person), faults };
}

/** Texts that are equal exactly where two entries share an identity. */
export function identitiesOf(person: { [K in Identity]?: string | undefined }): string[] {
  return identities.flatMap((identity) => {
    const value = person[identity];
    return value === undefined ? [] : [`${identity} ${value.toLowerCase()}`];
  });
}

function differences(known: Entry, person: ParticipantInput, index: number): InputFault[] {
  return identities.flatMap((identity) => {
    const [mine, others] = [known.person[identity], person[identity]];
    if (mine === undefined || others === undefined || mine.toLowerCase() === others.toLowerCase()) return [];
    const message = `differs from that of participants[${known.index}], who is the same person`;
    return [{ path: `participants[${index}].${identity}`, message }];
  });
}
