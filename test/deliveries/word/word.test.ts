import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryOfEvent, type MailEvent, wordOfEvent } from '../../../functions/deliveries/word/mailEvent.ts';
import { bounceKinds, isUndelivered, type Word, weightOf, wordNames } from '../../../functions/deliveries/word/word.ts';
import { randomSeed } from '../../randomRuns.ts';
import { mailEventOf } from './mailEvents.ts';

const at = '2027-03-01T08:00:02.000Z';

describe('an event of SES', () => {
  test.each<[Partial<MailEvent> & Pick<MailEvent, 'type'>, Word | undefined]>([
    [{ type: 'Delivery' }, { name: 'delivered', at }],
    [
      { type: 'DeliveryDelay', delayStatus: '4.4.1' },
      { name: 'delayed', status: '4.4.1', at },
    ],
    [{ type: 'DeliveryDelay' }, { name: 'delayed', at }],
    [
      { type: 'Bounce', bounceType: 'Permanent', bounceSubtype: 'General', bounceStatus: '5.1.1' },
      { name: 'bounced', bounce: 'permanent', status: '5.1.1', at },
    ],
    [
      { type: 'Bounce', bounceType: 'Transient', bounceSubtype: 'MailboxFull', bounceStatus: '4.2.2' },
      { name: 'bounced', bounce: 'transient', status: '4.2.2', at },
    ],
    [
      { type: 'Bounce', bounceType: 'Undetermined' },
      { name: 'bounced', bounce: 'undetermined', at },
    ],
    [
      { type: 'Bounce', bounceType: 'Another' },
      { name: 'bounced', bounce: 'undetermined', at },
    ],
    [
      { type: 'Bounce', bounceType: 'Permanent', bounceSubtype: 'Suppressed', bounceStatus: '5.1.1' },
      { name: 'suppressed', at },
    ],
    [
      { type: 'Bounce', bounceType: 'Permanent', bounceSubtype: 'OnAccountSuppressionList' },
      { name: 'suppressed', at },
    ],
    [{ type: 'Complaint' }, { name: 'complained', at }],
    [
      { type: 'Complaint', complaintSubtype: 'OnAccountSuppressionList' },
      { name: 'suppressed', at },
    ],
    [{ type: 'Reject' }, { name: 'rejected', at }],
    [{ type: 'Send' }, undefined],
    [{ type: 'Open' }, undefined],
    [{ type: '' }, undefined],
  ])('%j is the word %j', (event, word) => {
    expect(wordOfEvent(mailEventOf(event))).toEqual(word);
  });

  test.each(['bob@example.org', '5.1.1 bob@example.org', '3.0.0', '5.1', '550'])(
    'gives no status %j: nothing else of a server is kept',
    (bounceStatus) => {
      const event = mailEventOf({ type: 'Bounce', bounceType: 'Permanent', bounceStatus });
      expect(wordOfEvent(event)).toEqual({ name: 'bounced', bounce: 'permanent', at });
    },
  );

  test('is about the delivery that its tags name, and about none where they are not ours', () => {
    expect(deliveryOfEvent(mailEventOf({ type: 'Delivery' }))).toEqual({
      meetingId: 'm1',
      occasion: { kind: 'invitation', sequence: 1 },
      participantId: 'bob',
    });
    for (const changes of [{ meeting: '' }, { participant: 'a#b' }, { occasion: 'newsletter' }]) {
      expect(deliveryOfEvent(mailEventOf({ type: 'Delivery', ...changes }))).toBeUndefined();
    }
  });
});

const instants = fc
  .integer({ min: 0, max: 3 })
  .map((seconds) => new Date(Date.parse(at) + seconds * 1_000).toISOString());
const words: fc.Arbitrary<Word> = fc.oneof(
  fc.record({ name: fc.constantFrom(...wordNames.filter((name) => name !== 'bounced')), at: instants }),
  fc.record({
    name: fc.constant('bounced' as const),
    bounce: fc.constantFrom(...bounceKinds),
    status: fc.constantFrom('5.1.1', '4.2.2', undefined),
    at: instants,
  }),
);

const heaviest = (given: readonly Word[]) =>
  given.reduce((one, other) => (weightOf(other) > weightOf(one) ? other : one));

describe('of several words on one mail', () => {
  test('the same holds in whatever order and however often they come', () => {
    const several = fc
      .array(words, { minLength: 1, maxLength: 6 })
      .chain((given) =>
        fc.tuple(
          fc.constant(given),
          fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2, maxLength: given.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(several, ([given, again]) => {
        expect(weightOf(heaviest(again))).toBe(weightOf(heaviest(given)));
        expect(heaviest(again)).toEqual(heaviest(given));
      }),
      { seed: randomSeed() },
    );
  });

  test.each<[weaker: Partial<Word>, stronger: Partial<Word>]>([
    [{ name: 'delayed' }, { name: 'delivered' }],
    [{ name: 'delayed' }, { name: 'bounced', bounce: 'transient' }],
    // What answers by itself that nobody is there counts as a bounce that will pass.
    [{ name: 'bounced', bounce: 'transient' }, { name: 'delivered' }],
    [{ name: 'bounced', bounce: 'undetermined' }, { name: 'delivered' }],
    [{ name: 'delivered' }, { name: 'bounced', bounce: 'permanent' }],
    [{ name: 'delivered' }, { name: 'complained' }],
    [{ name: 'bounced', bounce: 'permanent' }, { name: 'suppressed' }],
    [{ name: 'delayed' }, { name: 'rejected' }],
  ])('%j gives way to %j, also where it is told later', (weaker, stronger) => {
    const later = { ...weaker, at: '2027-03-02T08:00:00.000Z' } as Word;
    expect(heaviest([later, { ...stronger, at } as Word]).name).toBe(stronger.name);
  });

  test('of two alike the later one holds', () => {
    const [first, second] = ['4.4.1', '4.4.2'].map((status, index) => {
      return { name: 'delayed' as const, status, at: new Date(Date.parse(at) + index * 1_000).toISOString() };
    });
    if (!first || !second) throw new Error('There are two');
    expect(heaviest([second, first])).toBe(second);
  });

  test('it has not come where it bounced, was suppressed or rejected', () => {
    expect(wordNames.filter((name) => isUndelivered({ name, at }))).toEqual(['bounced', 'suppressed', 'rejected']);
  });
});
