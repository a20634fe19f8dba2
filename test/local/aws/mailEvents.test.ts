import { expect, test } from 'vitest';
import { mailEvents } from '../../../infra/local/aws/mailEvents.ts';

const all = new Set(['send', 'delivery', 'deliverydelay', 'bounce', 'complaint', 'reject']);

function eventsOf(recipient: string, wanted = all, configurationSetName: string | undefined = 'ours') {
  const mail = {
    messageId: '0102-1',
    sentBy: 'DeliverEmail',
    sentAt: '2027-03-01T10:00:00.000Z',
    source: 'Meetings <meetings@example.org>',
    destinations: [recipient],
    tags: { meeting: 'm1' },
    ...(configurationSetName && { configurationSetName }),
  };
  return mailEvents(mail, new Map([['ours', wanted]]));
}

/** SES developer guide, "Using the Amazon SES mailbox simulator". */
test.each([
  ['ana@example.org', ['Email Sent', 'Email Delivered']],
  ['success@simulator.amazonses.com', ['Email Sent', 'Email Delivered']],
  ['bounce@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
  ['bounce+label-1@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
  ['complaint@simulator.amazonses.com', ['Email Sent', 'Email Delivered', 'Email Complaint Received']],
  ['suppressionlist@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
  ['ooto@simulator.amazonses.com', ['Email Sent', 'Email Delivered', 'Email Bounced']],
])('tells what becomes of a mail to %s', (recipient, types) => {
  expect(eventsOf(recipient).map(({ detailType }) => detailType)).toEqual(types);
});

test.each([
  ['bounce', { bounceType: 'Permanent', bounceSubType: 'General' }, { action: 'failed', status: '5.1.1' }],
  ['suppressionlist', { bounceType: 'Permanent', bounceSubType: 'Suppressed' }, { action: 'failed', status: '5.1.1' }],
  ['ooto', { bounceType: 'Transient', bounceSubType: 'General' }, {}],
])('says how %s@ bounces', (name, kind, recipient) => {
  const emailAddress = `${name}@simulator.amazonses.com`;
  expect(eventsOf(emailAddress).at(-1)).toMatchObject({
    source: 'aws.ses',
    resources: ['arn:aws:ses:eu-west-1:000000000000:configuration-set/ours'],
    detail: {
      eventType: 'Bounce',
      mail: {
        messageId: '0102-1',
        destination: [emailAddress],
        tags: { meeting: ['m1'], 'ses:configuration-set': ['ours'], 'ses:from-domain': ['example.org'] },
      },
      bounce: { ...kind, bouncedRecipients: [{ emailAddress, ...recipient }] },
    },
  });
});

test('tells only what the configuration set publishes', () => {
  const types = eventsOf('complaint@simulator.amazonses.com', new Set(['complaint'])).map(
    ({ detail }) => detail.eventType,
  );
  expect(types).toEqual(['Complaint']);
  expect(eventsOf('ana@example.org', all, 'theirs')).toEqual([]);
  expect(eventsOf('ana@example.org', all, '')).toEqual([]);
});
