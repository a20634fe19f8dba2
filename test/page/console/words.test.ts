import { describe, expect, test } from 'vitest';
import { eventTypes } from '../../../functions/events/event.ts';
import { wordsOfFaults } from '../../../functions/pages/console/draft/faultWords.ts';
import { ca } from '../../../functions/pages/console/words/ca.ts';
import { en } from '../../../functions/pages/console/words/en.ts';
import { es } from '../../../functions/pages/console/words/es.ts';

/** Every text of a language by its path; those that take arguments are given some. */
function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'object') return texts(value, `${path}${key}.`);
    return [[path + key, typeof value === 'function' ? value('@@', '@@', '@@', '@@') : value]];
  });
}

/** Said alike in several languages: “no”, and the trade's own word. */
const sameEverywhere = ['form.no', 'navigation.webhooks', 'webhooks.title'];

describe.each([
  ['es', es],
  ['ca', ca],
])('in %s', (_, words) => {
  const english = new Map(texts(en));

  test('everything is said that is said in English, with what it is about', () => {
    for (const [path, text] of texts(words)) {
      expect(text.trim(), path).not.toBe('');
      expect(text.includes('@@'), path).toBe(english.get(path)?.includes('@@'));
    }
    expect(
      texts(words)
        .map(([path]) => path)
        .sort(),
    ).toEqual([...english.keys()].sort());
  });

  test('nothing was left in English', () => {
    const alike = texts(words).filter(([path, text]) => english.get(path) === text);
    expect(alike.map(([path]) => path).filter((path) => !sameEverywhere.includes(path))).toEqual([]);
  });

  test('every event that webhooks tell has words', () => {
    expect(Object.keys(words.webhooks.event)).toEqual([...eventTypes]);
    expect(Object.keys(en.webhooks.event)).toEqual([...eventTypes]);
  });
});

/** What the API says of the fields that the console sends, as `test/handlers/refusals` holds it to. */
test.each([
  ['/name', 'must be text of 1 to 200 characters', en.faults['too-long']],
  ['/name', 'is required', en.faults.required],
  ['/name', 'must hold something that can be seen', en.faults.characters],
  [
    '/participants/3/email',
    'must be a mail address such as ana@example.org, of at most 254 characters',
    en.faults.email,
  ],
  [
    '/participants/3/phone',
    'must be an MSISDN: 7 to 15 digits with the country code, with or without +',
    en.faults.phone,
  ],
  [
    '/participants/3/phone',
    'must be a number that the numbering plan of its country can have',
    en.faults['phone-plan'],
  ],
  [
    '/participants/3/phone',
    'must not be a number of premium rate, shared cost, free of charge or of a pager: those get no SMS',
    en.faults['phone-premium'],
  ],
  [
    '/participants/3/phone',
    'must be a number of a country that this service sends SMS to: ES',
    en.faults['phone-country'],
  ],
  ['/participants/3/phone', 'differs from that of /participants/1, who is the same person', en.faults['same-person']],
  [
    '/url',
    'must be an https URL of at most 2000 characters, on port 443, with the name of a host or a public address, and without user, password and fragment',
    en.faults['webhook-url'],
  ],
  [
    '/events',
    'must be an array of types of events, each once: meeting.scheduled, meeting.changed',
    en.faults['events-needed'],
  ],
  ['/participants/1/role', 'must stand beside a userId: co-hosts are users', en.faults['cohost-user']],
  ['/userId', 'must be the id of a known user', en.faults.user],
  ['/phone', 'differs from that of a participant of this meeting, who is the same person', en.faults['same-person']],
  ['', 'must not name two participants of this meeting at once', en.faults['two-people']],
  ['/participants/2', 'names both /participants/0 and /participants/1', en.faults['two-people']],
  ['/participants', 'must be an array of at most 2000 participants', en.faults['people-many']],
  ['/participants', 'must fit, with the rest of the meeting, into 390,000 bytes', en.faults['people-many']],
  ['/validSince', 'must not be more than 5 minutes in the past', en.faults.past],
  ['/validSince', 'must not be more than 5 years ahead', en.faults.far],
  ['/validUntil', 'must be after validSince', en.faults['end-before-start']],
  ['/validUntil', 'must be at least a minute after validSince', en.faults['end-before-start']],
  ['/validUntil', 'must be at most 31 days after validSince', en.faults['end-far']],
  ['/validUntil', 'must be in the future', en.faults.past],
  ['/timeZone', 'must be an IANA time zone such as Europe/Madrid', en.faults.zone],
  ['/language', 'must be one of the languages of this service: en, es, ca', en.faults.language],
  ['/password', 'must be text of 4 to 64 characters', en.faults['password-length']],
  ['/password', 'must be digits alone: people who dial in type it on a telephone', en.faults['password-digits']],
  ['/description', 'must be text of at most 2000 characters', en.faults['too-long']],
  ['/description', 'must not hold control characters', en.faults.characters],
  [
    '/alias',
    'must be 1 to 40 letters of the English alphabet, digits, dots, underscores and hyphens, and begin and end with a letter or digit',
    en.faults.alias,
  ],
  ['/name', 'must be green', 'The service does not take this: must be green.'],
])('of %s, "%s" is said in words', (path, message, words) => {
  expect(wordsOfFaults([{ path, message }], en)).toEqual({ [path]: words });
});
