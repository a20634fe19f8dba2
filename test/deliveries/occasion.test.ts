import { describe, expect, test } from 'vitest';
import {
  formatOccasion,
  type Occasion,
  occasionTag,
  parseOccasion,
  parseOccasionTag,
} from '../../functions/deliveries/occasion.ts';

const start = new Date('2027-03-01T10:00:00Z');

describe('an occasion', () => {
  test.each<[occasion: Occasion, text: string, tag: string]>([
    [{ kind: 'invitation', sequence: 0 }, '0', '0'],
    [{ kind: 'invitation', sequence: 17 }, '17', '17'],
    [{ kind: 'reminder', start }, 'R2027-03-01T10:00:00.000Z', 'R1803895200000'],
    [{ kind: 'waiting', start }, 'W2027-03-01T10:00:00.000Z', 'W1803895200000'],
    [{ kind: 'unreachable' }, 'UNREACHABLE', 'UNREACHABLE'],
  ])('%j is written as %s and read again, and is the tag %s, which is read too', (occasion, text, tag) => {
    expect(formatOccasion(occasion)).toBe(text);
    expect(parseOccasion(text)).toEqual(occasion);
    expect(occasionTag(occasion)).toBe(tag);
    expect(parseOccasionTag(tag)).toEqual(occasion);
  });

  test.each([
    '',
    'R',
    'W',
    'X2027-03-01T10:00:00.000Z',
    '-1',
    '1.5',
    '1x',
    '1234567890',
    'R2027',
    'R2027-13-01T10:00:00.000Z',
    'r2027-03-01T10:00:00.000Z',
  ])('%j is none', (text) => {
    expect(() => parseOccasion(text)).toThrow(`not an occasion: ${text}`);
  });

  test.each(['', 'R', 'X1803895200000', '1234567890', 'R18038952000001234', 'unreachable', 'tour'])(
    '%j is no tag of one',
    (tag) => {
      expect(parseOccasionTag(tag)).toBeUndefined();
    },
  );
});
