import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  partsOfPersonalLink,
  personalLinkOf,
  personOfLink,
  type Sealed,
} from '../../../functions/meetings/links/personalLink.ts';
import type { Participant } from '../../../functions/meetings/meeting.ts';
import { randomId } from '../../../functions/runtime/ids.ts';
import { meetingOf, participantOf } from '../meetings.ts';

const place = { linkHost: 'https://meet.example.org', linkPath: '/m' };
const bob = participantOf({ id: 'bob000000000', email: 'bob@example.org' });
const carol = participantOf({ id: 'carol0000000', email: 'carol@example.org' });
const meeting = meetingOf({ participants: [bob, carol] });

const linkOf = (person: Participant, of: Sealed = meeting) => personalLinkOf(of, person, place) ?? '';
const segmentOf = (link: string) => link.slice(link.lastIndexOf('/') + 1);

/** Whom a link names, of a meeting as it may be by then. */
function personOf(link: string, of: Sealed = meeting): string | undefined {
  const parts = partsOfPersonalLink(segmentOf(link));
  if (!parts || parts.link !== `${of.id}.${of.key}`) return undefined;
  return personOfLink(of, parts.participantId, parts.mac)?.id;
}

describe('a personal link', () => {
  test('is the meeting’s own with the participant’s id and 80 bits of an HMAC-SHA-256', () => {
    const digest = createHmac('sha256', 'seal0000000000000000000000')
      .update('link\nkey0000000000000\nbob000000000')
      .digest();
    const bits = digest.readBigUInt64BE(0) * 65_536n + BigInt(digest.readUInt16BE(8));
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
    const mac = Array.from({ length: 16 }, (_, index) => alphabet[Number((bits >> BigInt(75 - index * 5)) & 31n)]).join(
      '',
    );

    expect(linkOf(bob)).toBe(
      `https://meet.example.org/m/meeting00000000000000000.key0000000000000~bob000000000.${mac}`,
    );
    expect(personOf(linkOf(bob))).toBe('bob000000000');
  });

  test('is one meeting’s own also where the meeting URL ends in an alias', () => {
    expect(linkOf(bob, { ...meeting, linkName: 'alice' } as Sealed)).toBe(linkOf(bob));
  });

  test('of another is made by nobody who knows the key, everybody’s ids and a link of their own', () => {
    const own = partsOfPersonalLink(segmentOf(linkOf(bob)))?.mac ?? '';
    const secretsKnown = ['', meeting.key, meeting.id, `${meeting.id}.${meeting.key}`, own, bob.id, carol.id];
    const guesses = [
      own,
      own.toUpperCase(),
      `${own}0`,
      own.slice(0, 15),
      ...secretsKnown.map((seal) => segmentOf(linkOf(carol, { ...meeting, seal })).slice(-16)),
      ...Array.from({ length: 1_000 }, () => randomId(16)),
    ];

    expect(guesses.map((mac) => personOfLink(meeting, carol.id, mac)).filter(Boolean)).toEqual([]);
    expect(personOf(linkOf(carol))).toBe(carol.id);
  });

  test('of one meeting is nobody’s in another with the same people', () => {
    const other = { ...meeting, seal: randomId(26) };

    expect(personOfLink(other, bob.id, linkOf(bob).slice(-16))).toBeUndefined();
  });

  test('ends when the person is taken off, or the link is rotated', () => {
    expect(personOf(linkOf(bob), { ...meeting, participants: [carol] })).toBeUndefined();
    const rotated = { ...meeting, key: 'another000000000' };
    const parts = partsOfPersonalLink(segmentOf(linkOf(bob)));
    expect(personOfLink(rotated, bob.id, parts?.mac ?? '')).toBeUndefined();
    expect(linkOf(bob, rotated)).not.toBe(linkOf(bob));
    expect(personOf(linkOf(bob, rotated), rotated)).toBe(bob.id);
  });

  test('is had by nobody who takes no part, nor in a meeting from before there were any', () => {
    expect(personalLinkOf(meeting, { id: 'organizer' }, place)).toBeUndefined();
    expect(personalLinkOf({ ...meeting, seal: undefined }, bob, place)).toBeUndefined();
    expect(personOfLink({ ...meeting, seal: undefined }, bob.id, linkOf(bob).slice(-16))).toBeUndefined();
  });

  test.each(['', '~', 'a.b', 'a.b~', 'a.b~c', 'a.b~c.', 'a.b~.d', '~c.d', 'a.b~c.d.e', 'a.b~c.d~e.f', 'a.b~c.d~'])(
    'cannot be %j',
    (text) => {
      expect(partsOfPersonalLink(text)).toBeUndefined();
    },
  );
});
