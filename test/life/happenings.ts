import fc from 'fast-check';
import { type Claims, root } from '../service.ts';
import { type Trouble, troubleKinds } from './invocations.ts';
import type { World } from './world.ts';

/** Who and what there is in one run; nothing of it is in another. */
export interface Cast {
  readonly run: number;
  readonly alice: Claims;
  readonly carl: Claims;
  readonly bob: Claims;
  /** Whose address is not verified until she says so. */
  readonly dora: Claims;
  /** Of what a participant is named by, by the name that happenings use. */
  readonly people: Readonly<Record<Who, Entry>>;
}

interface Entry {
  readonly userId?: string;
  readonly email?: string;
  readonly phone?: string;
}

const whos = ['ana', 'anaBoth', 'anaMoved', 'ben', 'benPhone', 'bob', 'bobMail', 'bobPhone', 'eva', 'dora'] as const;
type Who = (typeof whos)[number];

export interface Told {
  readonly id: string;
  readonly organizer: Claims;
}

/** What the callers of one run know. */
export interface Play {
  readonly cast: Cast;
  readonly meetings: Told[];
  /** Whether dora's address is. */
  verified: boolean;
  /** Counts what has a name of its own. */
  names: number;
}

type Deed =
  | {
      readonly kind: 'create';
      readonly organizer: 'alice' | 'carl';
      readonly people: readonly Who[];
      readonly minutes: number;
    }
  | { readonly kind: 'move'; readonly meeting: number; readonly minutes: number }
  | {
      readonly kind: 'people';
      readonly meeting: number;
      readonly people: readonly Who[];
      readonly renamed: boolean;
    }
  | { readonly kind: 'rename' | 'rotate' | 'cancel' | 'inviteAgain'; readonly meeting: number }
  | { readonly kind: 'deleteUser'; readonly who: 'bob' | 'carl' }
  | { readonly kind: 'verify' }
  | { readonly kind: 'deliver' | 'followMeetings' | 'followUsers' | 'remind'; readonly again: boolean };

export type Happening = Deed & { readonly trouble: Trouble | undefined };

/** What happens at the same time; then so many seconds pass. */
export interface Episode {
  readonly happenings: readonly Happening[];
  readonly seconds: number;
}

export function castOf(run: number): Cast {
  const user = (name: string, capability: string): Claims => ({
    sub: `${name}-${run}`,
    'cognito:username': `${name}-${run}`,
    email: `${name}-${run}@example.org`,
    email_verified: 'true',
    phone_number: phone(name === 'bob' ? 1 : 2),
    phone_number_verified: name === 'bob' ? 'true' : 'false',
    'cognito:groups': `[${capability}]`,
  });
  const phone = (digit: number) => `+346${String(run).padStart(7, '0')}${digit}`;
  const email = (name: string) => `${name}-${run}@example.org`;
  return {
    run,
    alice: user('alice', 'meetings'),
    carl: user('carl', 'meetings'),
    bob: user('bob', ''),
    dora: { ...user('dora', ''), email_verified: 'false' },
    people: {
      ana: { email: email('ana') },
      anaBoth: { email: email('ana'), phone: phone(3) },
      anaMoved: { email: email('anna'), phone: phone(3) },
      ben: { email: email('ben'), phone: phone(4) },
      benPhone: { phone: phone(4) },
      bob: { userId: `bob-${run}` },
      bobMail: { email: email('bob') },
      bobPhone: { phone: phone(1), email: email('bob') },
      eva: { email: email('eva') },
      dora: { email: email('dora') },
    },
  };
}

const trouble: fc.Arbitrary<Trouble | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      call: fc.nat(25),
      kind: fc.constantFrom(...troubleKinds),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

/** No two of them share an identity that another of them has otherwise: such a list is refused. */
const people = fc.subarray([...whos], { maxLength: 5 }).map((chosen) => {
  const { people: entries } = castOf(0);
  return chosen.filter((who, index) => {
    const before = chosen.slice(0, index).flatMap((other) => Object.values(entries[other]));
    return !Object.values(entries[who]).some((value) => before.includes(value));
  });
});

const meeting = fc.nat(2);
const minutes = fc.constantFrom(20, 90, 600, 4_000);
const again = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      organizer: fc.constantFrom('alice' as const, 'carl' as const),
      people,
      minutes,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), meeting, minutes }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('people' as const), meeting, people, renamed: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('rename', 'rotate', 'inviteAgain'), meeting }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), meeting }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('deleteUser' as const), who: fc.constantFrom('bob', 'carl') }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ kind: 'verify' as const }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom('deliver', 'deliver', 'followMeetings', 'followMeetings', 'followUsers', 'remind'),
      again,
    }),
  },
);

const happening: fc.Arbitrary<Happening> = fc
  .tuple(deed, trouble)
  .map(([what, given]) => ({ ...what, trouble: given }));

const laterEpisode: fc.Arbitrary<Episode> = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 4 }),
  seconds: fc.constantFrom(0, 0, 5, 61, 700),
});

const firstEpisode: fc.Arbitrary<Episode> = fc.record({
  happenings: fc.tuple(
    fc.record({
      kind: fc.constant('create' as const),
      organizer: fc.constantFrom('alice' as const, 'carl' as const),
      people,
      minutes,
      trouble: fc.constant(undefined),
    }),
  ),
  seconds: fc.constant(0),
});

/** Which of the calls that wait goes on; for a while the newest one, so that an old one waits for all that comes. */
export const turns = fc
  .array(fc.tuple(fc.integer({ min: -3, max: 12 }), fc.integer({ min: 1, max: 15 })), { minLength: 1, maxLength: 12 })
  .map((stretches) => stretches.flatMap(([number, times]) => Array.from({ length: times }, () => number)));

/** A life: scenes, and whose turn it is where several wait for AWS. */
export const lives = fc.record({
  scenes: fc
    .tuple(firstEpisode, fc.array(laterEpisode, { minLength: 2, maxLength: 14 }))
    .map(([one, others]) => [one, ...others]),
  turns,
});

export async function happen(what: Happening, world: World, play: Play): Promise<void> {
  const { trouble: given } = what;
  switch (what.kind) {
    case 'create':
      return create(what, world, play);
    case 'deliver':
      return world.deliver({ again: what.again, trouble: given });
    case 'followMeetings':
      return world.follow('meetings', { again: what.again, trouble: given });
    case 'followUsers':
      return world.follow('users', { again: what.again, trouble: given });
    case 'remind':
      return world.remind({ again: what.again, trouble: given });
    case 'verify':
      play.verified = true;
      await world.call('readMe', { claims: verified(play.cast.dora) }, given);
      return;
    case 'deleteUser': {
      await world.call('deleteUser', { claims: root, path: { id: String(play.cast[what.who].sub) } }, given);
      return;
    }
    default: {
      const told = play.meetings[what.meeting % Math.max(1, play.meetings.length)];
      if (told) await change(what, told, world, play);
    }
  }
}

/** What the token of somebody says once their issuer has verified their address. */
export function verified(claims: Claims): Claims {
  return { ...claims, email_verified: 'true' };
}

/** A caller who heard nothing, or of a fault, calls once more. */
async function create(
  { organizer, people: chosen, minutes: ahead, trouble: given }: Happening & { kind: 'create' },
  world: World,
  play: Play,
): Promise<void> {
  const claims = play.cast[organizer];
  const body = {
    name: nextName(play),
    participants: chosen.map((who) => play.cast.people[who]),
    validSince: new Date(Date.now() + ahead * 60_000).toISOString(),
  };
  const headers = { 'Idempotency-Key': body.name };
  for (const tried of [given, undefined]) {
    const answer = await world.call('createMeeting', { claims, body, headers }, tried);
    if (answer?.status === 201) {
      play.meetings.push({ id: answer.body.id, organizer: claims });
      return;
    }
  }
}

async function change(
  what: Extract<Happening, { meeting: number }>,
  { id, organizer: claims }: Told,
  world: World,
  play: Play,
): Promise<void> {
  const about = { claims, path: { id } };
  if (what.kind === 'cancel') await world.call('cancelMeeting', about, what.trouble);
  else if (what.kind === 'inviteAgain') await world.call('inviteAgain', about, what.trouble);
  else await world.call('patchMeeting', { ...about, body: patchOf(what, play) }, what.trouble);
}

function patchOf(what: Extract<Happening, { meeting: number }>, play: Play): object {
  if (what.kind === 'move') return { validSince: new Date(Date.now() + what.minutes * 60_000).toISOString() };
  if (what.kind === 'rotate') return { rotateLink: true };
  if (what.kind !== 'people') return { name: nextName(play) };
  const participants = what.people.map((who) => play.cast.people[who]);
  return { participants, ...(what.renamed ? { name: nextName(play) } : {}) };
}

/** Never the same twice, so that no two versions read alike. */
function nextName(play: Play): string {
  play.names += 1;
  return `Meeting ${play.cast.run}-${play.names}.`;
}
