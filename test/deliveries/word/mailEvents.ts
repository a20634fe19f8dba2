import type { MailEvent } from '../../../functions/deliveries/word/mailEvent.ts';

/** What the rule hands on of an event that has nothing but what a test says. */
export function mailEventOf(changes: Partial<MailEvent> & Pick<MailEvent, 'type'>): MailEvent {
  return {
    time: new Date('2027-03-01T08:00:02Z'),
    meeting: 'm1',
    occasion: '1',
    participant: 'bob',
    bounceType: '',
    bounceSubtype: '',
    bounceStatus: '',
    delayStatus: '',
    complaintSubtype: '',
    ...changes,
  };
}
