import { describe, expect, test } from 'vitest';
import type { Meeting } from '../../../functions/pages/console/api/replies.ts';
import { conflictsOf, factsOf, mergedFacts, patchOf, tellsOf } from '../../../functions/pages/console/draft/changes.ts';
import { inputOf, newDraft } from '../../../functions/pages/console/draft/draft.ts';
import { draftOf } from '../../../functions/pages/console/draft/draftOf.ts';
import { draftStorage } from '../../../functions/pages/console/draft/draftStorage.ts';

const meeting: Meeting = {
  id: 'm1',
  name: 'Planning',
  timeZone: 'Europe/Madrid',
  validSince: '2027-03-01T08:30:00.000Z',
  validUntil: '2027-03-01T09:30:00.000Z',
  status: 'scheduled',
  url: 'https://meet.example.org/m/m1.key',
  organizerId: 'alice-id',
  cohostsManage: false,
  sendInvitations: true,
  showAnswers: false,
  isPasswordProtected: false,
  lobby: false,
  revision: 1,
  sequence: 0,
  answers: { accepted: 0, tentative: 0, declined: 0, needsAction: 2 },
  participants: [
    { id: 'p1', name: 'Ana', email: 'ana@example.org' },
    { id: 'p2', phone: '+34600000009' },
  ],
};
const facts = factsOf(meeting);
const nobody = { removed: [], added: [], roles: {}, password: undefined };

describe('what is sent of a change', () => {
  test('is nothing where nothing differs', () => {
    const { input } = inputOf(draftOf(meeting, 'Europe/Madrid'));
    expect(input && patchOf(meeting, factsOf(input), nobody)).toEqual({});
  });

  test('is what differs; of the time both ends, of a text that is emptied null', () => {
    const wanted = { ...facts, validSince: '2027-03-01T09:00:00.000Z', lobby: true };
    expect(patchOf({ ...meeting, description: 'Old' }, wanted, nobody)).toEqual({
      validSince: '2027-03-01T09:00:00.000Z',
      validUntil: '2027-03-01T09:30:00.000Z',
      description: null,
      lobby: true,
    });
  });

  test('keeps who stays by their id alone, before who is new', () => {
    const people = { removed: ['p1'], added: [{ email: 'new@example.org' }], roles: {}, password: null };
    expect(patchOf(meeting, facts, people)).toEqual({
      participants: [{ id: 'p2' }, { email: 'new@example.org' }],
      password: null,
    });
  });

  test('names the role of who becomes another, and of nobody else', () => {
    const [ana, other] = meeting.participants;
    const people = { ...nobody, roles: { p1: 'participant', p2: 'cohost' } as const };
    expect(patchOf(meeting, facts, people)).toEqual({ participants: [{ id: 'p1' }, { id: 'p2', role: 'cohost' }] });
    const led = {
      ...meeting,
      participants: [
        { ...ana, id: 'p1', role: 'cohost' as const },
        { ...other, id: 'p2' },
      ],
    };
    expect(patchOf(led, facts, { ...nobody, roles: { p1: 'participant' } })).toEqual({
      participants: [{ id: 'p1', role: 'participant' }, { id: 'p2' }],
    });
    expect(patchOf(led, facts, { ...nobody, roles: { p1: 'cohost' } })).toEqual({});
    expect(patchOf(led, { ...facts, cohostsManage: true }, nobody)).toEqual({ cohostsManage: true });
  });
});

describe('who will be told', () => {
  const tells = (patch: object, people = nobody) => tellsOf(meeting, { ...patch }, people);

  test.each([
    ['of a new name all', { name: 'Other' }, { silent: false, changed: 2, added: 0, removed: 0 }],
    ['of a description nobody', { description: 'x' }, { silent: false, changed: 0, added: 0, removed: 0 }],
    [
      'of anything nobody, where the meeting is silenced',
      { name: 'x', sendInvitations: false },
      { silent: true, changed: 2, added: 0, removed: 0 },
    ],
  ])('%s', (_, patch, expected) => {
    expect(tells(patch)).toEqual(expected);
  });
});

describe('two changes of one meeting', () => {
  const now = { ...facts, name: 'Theirs', lobby: true };
  const wanted = { ...facts, name: 'Mine', description: 'Mine' };

  test('conflict in what both changed to something else', () => {
    expect(conflictsOf(facts, now, wanted)).toEqual(['name']);
    expect(conflictsOf(facts, now, { ...facts, name: 'Theirs' })).toEqual([]);
  });

  test('are merged: theirs, and mine beside them; of a conflict what was chosen', () => {
    const both = { ...facts, lobby: true, description: 'Mine' };
    expect(mergedFacts(facts, now, wanted, new Set())).toEqual({ ...both, name: 'Theirs' });
    expect(mergedFacts(facts, now, wanted, new Set(['name'] as const))).toEqual({ ...both, name: 'Mine' });
  });
});

describe('a draft', () => {
  const storage = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as unknown as Storage;
  };
  const fresh = () => newDraft('Europe/Madrid', Date.parse('2027-03-01T08:10:00Z'));

  test('begins at the next whole hour, for an hour', () => {
    expect(fresh()).toMatchObject({ date: '2027-03-01', time: '10:00', minutes: 60, sendInvitations: true });
  });

  test('is kept whole, but for the password', () => {
    const place = storage();
    const kept = draftStorage(place, 'new', fresh);
    kept.keep({ ...fresh(), name: 'Kept', minutes: undefined, places: ['UTC'], password: '730164' });
    expect(kept.read()).toEqual({ ...fresh(), name: 'Kept', minutes: undefined, places: ['UTC'] });
    kept.forget();
    expect(kept.read()).toEqual(fresh());
  });

  test('of another release counts as far as it is understood', () => {
    const place = storage();
    place.setItem('draft:new', '{"name":7,"people":"ana@example.org","places":"UTC","other":1}');
    expect(draftStorage(place, 'new', fresh).read()).toEqual({ ...fresh(), people: 'ana@example.org' });
    place.setItem('draft:new', 'no json');
    expect(draftStorage(place, 'new', fresh).read()).toEqual(fresh());
  });

  test('without a name or a time is not sent', () => {
    expect(inputOf(fresh()).faults).toEqual({ '/name': 'name-needed' });
    expect(inputOf({ ...fresh(), name: 'x', time: '' })).toEqual({ faults: { '/validSince': 'when-needed' } });
  });

  test('sends users after who was pasted, and who of them is co-host', () => {
    const users = [
      { userId: 'bob-id', name: 'Bob', isCohost: true },
      { userId: 'cai-id', name: 'Cai', isCohost: false },
    ];
    const { input } = inputOf({ ...fresh(), name: 'x', people: 'ana@example.org', users, cohostsManage: true });
    expect(input).toMatchObject({
      participants: [{ email: 'ana@example.org' }, { userId: 'bob-id', role: 'cohost' }, { userId: 'cai-id' }],
      cohostsManage: true,
    });
  });

  test('of a meeting has co-hosts, and whoever has no address in it, as users', () => {
    const participants = [
      { id: 'p1', name: 'Bob', userId: 'bob-id', email: 'bob@example.org', role: 'cohost' as const },
      { id: 'p2', name: 'Cai', userId: 'cai-id' },
      { id: 'p3', name: 'Dan', userId: 'dan-id', email: 'dan@example.org' },
    ];
    expect(draftOf({ ...meeting, participants, cohostsManage: true }, 'UTC')).toMatchObject({
      people: 'Dan <dan@example.org>',
      users: [
        { userId: 'bob-id', name: 'Bob', isCohost: true },
        { userId: 'cai-id', name: 'Cai', isCohost: false },
      ],
      cohostsManage: true,
    });
  });

  test('of a meeting can be read again as it was pasted', () => {
    expect(draftOf(meeting, 'UTC')).toMatchObject({
      people: 'Ana <ana@example.org>\n+34600000009',
      date: '2027-03-01',
      time: '09:30',
      places: ['UTC'],
    });
  });
});
