import { expect, test } from 'vitest';
import { wordNames } from '../../../functions/deliveries/word/word.ts';
import { shownDelivery } from '../../../functions/pages/console/screens/meeting/shownDelivery.ts';
import { ca } from '../../../functions/pages/console/words/ca.ts';
import { en } from '../../../functions/pages/console/words/en.ts';
import { es } from '../../../functions/pages/console/words/es.ts';

const mail = { kind: 'invitation', channel: 'email', updated: '2027-03-01T08:00:00.000Z' };
const at = '2027-03-01T08:00:09.000Z';

test.each([
  [{ state: 'pending' }, { what: { state: 'pending' }, look: '', at: mail.updated }],
  [{ state: 'sent' }, { what: { state: 'sent' }, look: 'accent', at: mail.updated }],
  [
    { state: 'failed', reason: 'no-sms' },
    { what: { state: 'failed', reason: 'no-sms' }, look: 'danger', at: mail.updated },
  ],
  [
    { state: 'superseded', reason: 'x' },
    { what: { state: 'superseded' }, look: '', at: mail.updated },
  ],
  [
    { state: 'sent', provider: { word: 'delivered', at } },
    { what: { word: 'delivered' }, look: 'accent', at },
  ],
  [
    { state: 'sent', provider: { word: 'delayed', at } },
    { what: { word: 'delayed' }, look: 'accent', at },
  ],
  [
    { state: 'sent', provider: { word: 'bounced', at } },
    { what: { word: 'bounced' }, look: 'danger', at },
  ],
  [
    { state: 'sent', provider: { word: 'suppressed', at } },
    { what: { word: 'suppressed' }, look: 'danger', at },
  ],
  [
    { state: 'sent', provider: { word: 'complained', at } },
    { what: { word: 'complained' }, look: 'danger', at },
  ],
  [
    { state: 'sent', provider: { word: 'rejected', at } },
    { what: { word: 'rejected' }, look: 'danger', at },
  ],
])('of a message that is %j it says %j', (state, shown) => {
  expect(shownDelivery({ ...mail, ...state })).toEqual(shown);
});

test.each([en, es, ca])('each word of the provider has words of a reader’s language', (words) => {
  expect(Object.keys(words.meeting.provider).sort()).toEqual([...wordNames].sort());
});
