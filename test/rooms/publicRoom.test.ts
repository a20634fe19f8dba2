import { describe, expect, test } from 'vitest';
import { identifierOf, isPublicRoomId, publicRoomId } from '../../functions/rooms/publicRoom.ts';

describe('the identifier of a public room', () => {
  test.each(['a', 'Team-Rocket_2.0', '会议', 'मीटिंग', 'Ünïcode', '٣', 'x'.repeat(64), '会'.repeat(64)])(
    'may be %s',
    (text) => {
      expect(identifierOf(text)).toBe(text.normalize('NFC'));
    },
  );

  test.each(['', ' ', 'a b', 'a/b', 'a%', '<b>', 'a\u0000', '..', '-', '🎉', 'x'.repeat(65), '%E0%A4%A'])(
    'may not be %j',
    (text) => {
      expect(identifierOf(text)).toBeUndefined();
    },
  );

  test.each(['\u3164', '\u115f', '\uffa0', '\u3164-\u115f'])('may not be what shows nothing: %j', (text) => {
    expect(identifierOf(text)).toBeUndefined();
  });

  test('is read whether the gateway decoded it or not', () => {
    expect(identifierOf('caf%C3%A9')).toBe('café');
  });
});

describe('the id of a public room', () => {
  test.each([
    ['Café', 'cafe\u0301'],
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['Team', 'TEAM'],
  ])('is the same for %s and %s', (one, other) => {
    expect(publicRoomId(identifierOf(one) ?? '')).toBe(publicRoomId(identifierOf(other) ?? ''));
  });

  test('differs where the identifiers do, and does not tell them', () => {
    const ids = ['team', 'team.', 'téam', 'teams'].map(publicRoomId);

    expect(new Set(ids).size).toBe(4);
    expect(ids.every(isPublicRoomId)).toBe(true);
    expect(ids.join(' ')).not.toContain('team');
  });

  test.each([
    '',
    'public-',
    'meeting00000000000000000',
    `public-${'a'.repeat(41)}`,
    `public-${'A'.repeat(40)}`,
    `public-${'a'.repeat(39)}/`,
  ])('is not %j', (id) => {
    expect(isPublicRoomId(id)).toBe(false);
  });
});
