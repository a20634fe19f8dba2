import { describe, expect, test } from 'vitest';
import type { Participant } from '../../../functions/pages/console/api/replies.ts';
import { mayManage, mayStart } from '../../../functions/pages/console/screens/meeting/shownMeeting.ts';

const [organizer, bob] = ['alice-id', 'bob-id'];
const meetingOf = (participants: readonly Participant[], cohostsManage = false) => {
  return { organizerId: organizer, cohostsManage, participants };
};
const whoever = { id: bob, capabilities: [] };
const scheduler = { id: bob, capabilities: ['meetings'] };
const asUser = { id: 'p1', userId: bob, role: 'cohost' } as const;

describe('a meeting is managed', () => {
  test.each([
    ['by its organizer', meetingOf([]), { id: organizer, capabilities: ['meetings'] }, true],
    ['by no organizer who may not schedule', meetingOf([]), { id: organizer, capabilities: [] }, false],
    ['by an admin', meetingOf([]), { id: 'x', capabilities: ['admin'] }, true],
    ['by a co-host where they manage', meetingOf([asUser], true), scheduler, true],
    ['by no co-host where they do not', meetingOf([asUser]), scheduler, false],
    ['by no co-host who may not schedule', meetingOf([asUser], true), whoever, false],
    ['by no other participant', meetingOf([{ id: 'p1', userId: bob }], true), scheduler, false],
  ])('%s', (_, meeting, me, expected) => {
    expect(mayManage(meeting, me)).toBe(expected);
  });
});

/** What a participant is shown: nobody's user, of themselves the whole answer, of the others its standing at most. */
describe('a meeting is started', () => {
  const cohost = { id: 'p1', role: 'cohost' } as const;
  const guest = { id: 'p2' };
  const open = { status: 'needsAction' } as const;
  const given = { status: 'accepted', when: '2027-03-01T08:00:00.000Z' } as const;
  test.each([
    ['by its organizer', meetingOf([guest]), { id: organizer, capabilities: ['meetings'] }, 'yes'],
    ['by no organizer who may not schedule', meetingOf([guest]), { id: organizer, capabilities: [] }, 'no'],
    ['by a co-host who manages', meetingOf([asUser], true), scheduler, 'yes'],
    ['by no admin who is neither', meetingOf([asUser]), { id: 'x', capabilities: ['admin'] }, 'no'],
    ['by a co-host whose entry alone has an answer', meetingOf([{ ...cohost, answer: open }, guest]), whoever, 'yes'],
    ['by no participant beside a co-host', meetingOf([cohost, { ...guest, answer: open }]), whoever, 'no'],
    [
      'by a co-host who answered, where answers are shown',
      meetingOf([
        { ...cohost, answer: given },
        { ...guest, answer: { status: 'accepted' } },
      ]),
      whoever,
      'yes',
    ],
    [
      'by whom the API knows, where they have not answered and answers are shown',
      meetingOf([
        { ...cohost, answer: open },
        { ...guest, answer: open },
      ]),
      whoever,
      'perhaps',
    ],
    [
      'by no participant where all co-hosts have answered, and they have not',
      meetingOf([
        { ...cohost, answer: { status: 'accepted' } },
        { ...guest, answer: open },
      ]),
      whoever,
      'no',
    ],
  ])('%s', (_, meeting, me, expected) => {
    expect(mayStart(meeting, me)).toBe(expected);
  });
});
