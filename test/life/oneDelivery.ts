import fc from 'fast-check';
import { expect, vi } from 'vitest';
import {
  type Delivery,
  deliveryPrefix,
  deliverySchema,
  isFinished,
  mayHaveArrived,
} from '../../functions/deliveries/delivery.ts';
import { queryRows } from '../../functions/runtime/table.ts';
import { alice } from '../service.ts';
import { type Trouble, troubleKinds } from './invocations.ts';
import type { World } from './world.ts';

export const deliveryChannels = ['sms', 'email'] as const;
type Channel = (typeof deliveryChannels)[number];

/** What must hold of one delivery, whatever happens to those who carry it out. */
interface Model {
  isCancelled: boolean;
  /** How it ended, if it has. */
  ended: Delivery | undefined;
}

interface Real {
  readonly world: World;
  readonly channel: Channel;
  readonly meetingId: string;
  /** Its meeting's, which no other run has. */
  readonly name: string;
}

type Command = fc.AsyncCommand<Model, Real, true>;

/** `workers` get the job at the same time, as a standard queue may hand it over, and each has its own trouble. */
interface Work {
  readonly workers: readonly (Trouble | undefined)[];
}

class Deliver implements Command {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  check = async () => true;

  async run(model: Model, real: Real): Promise<void> {
    const [first, ...others] = this.#work.workers;
    await Promise.all([
      real.world.deliver({ trouble: first }),
      ...others.map((trouble) => real.world.deliver({ again: true, trouble })),
    ]);
    await expectInvariants(model, real);
  }

  toString = () => `deliver ${this.#work.workers.map(written).join(' and ')}`;
}

class Wait implements Command {
  readonly #seconds: number;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  check = async () => true;

  async run(): Promise<void> {
    vi.setSystemTime(Date.now() + this.#seconds * 1_000);
  }

  toString = () => `wait ${this.#seconds} s`;
}

class Cancel implements Command {
  check = async ({ isCancelled }: Readonly<Model>) => !isCancelled;

  async run(model: Model, { world, meetingId }: Real): Promise<void> {
    await world.call('cancelMeeting', { claims: alice, path: { id: meetingId } });
    model.isCancelled = true;
  }

  toString = () => 'cancel';
}

function written(trouble: Trouble | undefined): string {
  if (!trouble) return 'smoothly';
  const { kind, call, times, also } = trouble;
  return `with ${kind} at call ${call}, ${times} times${also ? `, then ${written(also)}` : ''}`;
}

const oneTrouble = fc.record({
  call: fc.nat(9),
  kind: fc.constantFrom(...troubleKinds),
  times: fc.integer({ min: 1, max: 5 }),
});

const trouble: fc.Arbitrary<Trouble | undefined> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: oneTrouble },
  {
    weight: 2,
    arbitrary: fc
      .tuple(oneTrouble, oneTrouble)
      .map(([first, also]) => ({ ...first, also: { ...also, call: first.call + first.times + (also.call % 3) } })),
  },
);

export const deeds = fc.commands<Model, Real, true>(
  [
    fc.array(trouble, { minLength: 1, maxLength: 2 }).map((workers) => new Deliver({ workers })),
    fc.constantFrom(1, 46, 61).map((seconds) => new Wait(seconds)),
    fc.constant(new Cancel()),
  ],
  { maxCommands: 8 },
);

let runs = 5_000_000;

/** Schedules a meeting of one person, does what is to be done, and looks at what came of it. */
export async function liveDelivery(world: World, channel: Channel, commands: Iterable<Command>): Promise<void> {
  runs += 1;
  await world.clear();
  emptyQueue(world);
  const number = String(runs).padStart(8, '0');
  const person = channel === 'sms' ? { phone: `+346${number}` } : { email: `ana-${number}@example.org` };
  const body = { name: `Meeting ${number}`, validSince: Date.now() + 36_000_000, participants: [person] };
  const meetingId = (await world.call('createMeeting', { claims: alice, body }))?.body.id;
  await world.follow('users');
  await world.follow('meetings');
  const model: Model = { isCancelled: false, ended: undefined };
  const real = { world, channel, meetingId, name: body.name };
  await fc.asyncModelRun(() => ({ model, real }), commands);
  await expectAnEnd(model, real);
}

/** What another run, which failed, has left. */
function emptyQueue({ aws }: World): void {
  vi.setSystemTime(Date.now() + 86_400_000);
  for (let left = aws.queue.receive(10); left.length > 0; left = aws.queue.receive(10))
    for (const { receipt = '' } of left) aws.queue.delete(receipt);
}

async function expectInvariants(model: Model, real: Real): Promise<void> {
  const delivery = await deliveryOf(real);
  const sent = sentOf(real);
  const { killed, givenUp, published } = real.world.tally;
  if (real.channel === 'sms') expect(sent.length, 'published at most once').toBeLessThanOrEqual(1);
  if (sent.length > 0) expect(delivery && mayHaveArrived(delivery), 'what was sent may have arrived').toBe(true);
  if (delivery?.state === 'sent' && delivery.reason !== 'unclear') expect(sent).toContain(delivery.messageId);
  if (delivery?.reason === 'unclear') {
    // Whoever died, or lost the table, between saying so and publishing, left nobody who knows better.
    expect(published + killed + givenUp, 'SNS was called, or a worker fell silent').toBeGreaterThan(0);
  }
  if (model.ended) expect(delivery, 'an end is an end').toEqual(model.ended);
  if (delivery && isFinished(delivery)) model.ended = delivery;
}

/** More than the longest wait of the queue takes. */
const mostRounds = 60;

/** Nothing fails any more: the delivery comes to its end, and so does what followed it. */
async function expectAnEnd(model: Model, real: Real): Promise<void> {
  const { world } = real;
  for (let round = 0; round < mostRounds && !(await world.isSettled()); round += 1) {
    await world.follow('users');
    await world.follow('meetings');
    await world.deliver();
    await expectInvariants(model, real);
    vi.setSystemTime(Date.now() + 61_000);
  }
  expect(await world.isSettled(), 'comes to rest').toBe(true);
  const delivery = await deliveryOf(real);
  const sent = sentOf(real);
  if (!model.isCancelled) {
    expect(['sent', 'failed']).toContain(delivery?.state);
    if (real.channel === 'email' && delivery?.state === 'sent') expect(sent).not.toEqual([]);
  }
  expect(await statesShown(real)).not.toContain('pending');
  expect(await statesShown(real)).not.toContain('sending');
}

/** The invitation's own, which is the first. */
async function deliveryOf({ world, meetingId }: Real): Promise<Delivery | undefined> {
  const prefix = `${deliveryPrefix}0#`;
  for await (const row of queryRows(world.service.table, `MEETING#${meetingId}`, prefix))
    return deliverySchema.parse(row);
  return undefined;
}

/** The ids of the invitations that left. */
function sentOf({ world, channel, meetingId, name }: Real): string[] {
  if (channel === 'email') {
    const ofIt = world.aws.mailbox
      .envelopes()
      .filter(({ tags }) => tags.meeting === meetingId && tags.occasion === '0');
    return ofIt.map(({ messageId }) => messageId);
  }
  const isInvitation = ({ message }: { readonly message: string }) =>
    message.includes(name) && /^Invitation/.test(message);
  return world.aws.phones.sms
    .all()
    .filter(isInvitation)
    .map(({ messageId }) => messageId);
}

async function statesShown({ world, meetingId }: Real): Promise<string[]> {
  const answer = await world.call('readInvitations', { claims: alice, path: { id: meetingId } });
  const people: { readonly deliveries: readonly { readonly state: string }[] }[] = answer?.body.participants ?? [];
  return people.flatMap(({ deliveries }) => deliveries.map(({ state }) => state));
}
