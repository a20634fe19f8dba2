import { describe, expect, test } from 'vitest';
import { judgeBootstrap } from '../../../infra/operate/doctor/bootstrap.ts';
import { judgeCertificate } from '../../../infra/operate/doctor/certificate.ts';
import { judgeConcurrency } from '../../../infra/operate/doctor/concurrency.ts';
import { judgeConfigurationSet } from '../../../infra/operate/doctor/configurationSet.ts';
import type { Finding } from '../../../infra/operate/doctor/finding.ts';
import { judgeMailAccount, type MailAccount } from '../../../infra/operate/doctor/mailAccount.ts';
import { identitiesOf, judgeMailIdentity, type MailIdentity } from '../../../infra/operate/doctor/mailIdentity.ts';
import { consolePage, type Place } from '../../../infra/operate/doctor/place.ts';
import { judgePushApplication } from '../../../infra/operate/doctor/pushApplication.ts';
import { reportLines } from '../../../infra/operate/doctor/report.ts';
import { judgeStoredSecret } from '../../../infra/operate/doctor/storedSecret.ts';
import { judgeSmsNumber, judgeSmsSpending } from '../../../infra/operate/doctor/textMessages.ts';

const place: Place = {
  account: '111122223333',
  region: 'eu-west-1',
  caller: 'arn:aws:iam::111122223333:user/ana',
  profile: undefined,
};
const console = 'https://eu-west-1.console.aws.amazon.com';

/** The lines that are printed of it. */
function printed(...findings: readonly Finding[]): string[] {
  const lines = reportLines(
    findings.map((finding) => ({ ...finding, asked: 'an:Action' })),
    'Meetings',
    place,
  );
  return lines.slice(2, -2).map((line) => line.replace(' (an:Action)', ''));
}

describe('of the bootstrap', () => {
  test.each([
    [28, ['✓ CDK bootstrap: version 28']],
    [6, ['✓ CDK bootstrap: version 6']],
    [
      5,
      [
        '✗ CDK bootstrap: version 5; needed: version 6 or later',
        '    The CDK has nowhere to put the functions, and `npm run deploy` fails.',
        '    → npx cdk bootstrap aws://111122223333/eu-west-1',
      ],
    ],
  ])('version %s', (version, lines) => {
    expect(printed(judgeBootstrap(version, 'hnb659fds', place))).toEqual(lines);
  });
});

describe('of concurrency', () => {
  test.each([
    [21, '✓ Lambda concurrency: 21 functions at once'],
    [20, '✗ Lambda concurrency: 20 functions at once; needed: more than 20'],
    [undefined, '? Lambda concurrency: AWS does not say; needed: more than 20'],
  ])('%s', (unreserved, line) => {
    expect(printed(judgeConcurrency(unreserved, 20, place))[0]).toBe(line);
  });
});

describe('of SES’s account', () => {
  const sound: MailAccount = {
    ...{ isInProduction: true, isSending: true, standing: 'HEALTHY' },
    ...{ perSecond: 14, perDay: 50_000, sentInDay: 44_999 },
  };
  const quotas = `${console}/servicequotas/home/services/ses/quotas`;
  const faultsOf = (account: Partial<MailAccount>) =>
    printed(...judgeMailAccount({ ...sound, ...account }, 14, place)).filter((line) => !line.startsWith('✓'));

  test.each<[Partial<MailAccount>, string[]]>([
    [{}, []],
    [{ perSecond: 500, perDay: undefined }, []],
    [
      { standing: 'SHUTDOWN', isSending: false },
      [
        '✗ SES sending: paused, SHUTDOWN; needed: allowed, HEALTHY',
        '    AWS has paused this account: no mail leaves until AWS lets it.',
        `    → ${console}/ses/home?region=eu-west-1#/reputation, and AWS Support`,
      ],
    ],
    [
      { isSending: false },
      [
        '✗ SES sending: paused, HEALTHY; needed: allowed, HEALTHY',
        '    Somebody has paused this account: no mail leaves.',
        '    → aws sesv2 put-account-sending-attributes --sending-enabled --region eu-west-1',
      ],
    ],
    [
      { standing: 'PROBATION' },
      [
        '✗ SES sending: allowed, PROBATION; needed: allowed, HEALTHY',
        '    AWS is looking at bounces or complaints of this account, and may pause it.',
        `    → ${console}/ses/home?region=eu-west-1#/reputation`,
      ],
    ],
    [
      { perSecond: 13.5 },
      [
        '✗ SES send rate: 13.5 a second; needed: 14 a second (maxSendRate)',
        '    SES throttles what is more, and mails wait to be tried again.',
        `    → set maxSendRate to 13, or ask for more: ${quotas}`,
      ],
    ],
    [
      { perSecond: undefined },
      [
        '? SES send rate: AWS does not say; needed: 14 a second (maxSendRate)',
        '    Look at its page.',
        `    → ${quotas}`,
      ],
    ],
    [
      { sentInDay: 45_000 },
      [
        '✗ SES mails a day: 50,000 a day; needed: room for more than the 45,000 of the last 24 hours',
        '    SES throttles what is more, and mails wait until the day is over.',
        `    → ${quotas}`,
      ],
    ],
  ])('%j', (account, lines) => {
    expect(faultsOf(account)).toEqual(lines);
  });
});

describe('of SES’s identities', () => {
  const address = 'meetings@mail.example.org';
  const dkim = { isSigning: true, status: 'SUCCESS', tokens: ['one', 'two'], zone: 'dkim.amazonses.com' };
  const domain: MailIdentity = { name: 'example.org', isVerified: true, dkim };
  const own: MailIdentity = {
    name: address,
    isVerified: true,
    dkim: { isSigning: false, status: 'NOT_STARTED', tokens: [], zone: 'dkim.amazonses.com' },
  };
  const pending = { ...domain, isVerified: false, dkim: { ...dkim, status: 'PENDING' } };
  const records = [
    '    → put into the DNS of example.org:',
    '    → one._domainkey.example.org CNAME one.dkim.amazonses.com',
    '    → two._domainkey.example.org CNAME two.dkim.amazonses.com',
  ];
  const unsigned = '    Mail is not signed, and large providers refuse it or file it as spam.';

  test('are the address, its domain and those above it', () => {
    expect(identitiesOf(address)).toEqual([address, 'mail.example.org', 'example.org']);
  });

  test.each<[string, MailIdentity[], string[]]>([
    ['a domain above it', [domain], ['✓ SES identity: example.org verified', '✓ SES DKIM: signed for example.org']],
    [
      'the address and the domain',
      [own, domain],
      [`✓ SES identity: ${address}, example.org verified`, '✓ SES DKIM: signed for example.org'],
    ],
    [
      'a domain of its own, whose keys stand over those of the domain above',
      [{ ...pending, name: 'mail.example.org', isVerified: true }, domain],
      [
        '✓ SES identity: mail.example.org, example.org verified',
        '✗ SES DKIM: PENDING for mail.example.org; needed: signing',
        unsigned,
        '    → put into the DNS of mail.example.org:',
        '    → one._domainkey.mail.example.org CNAME one.dkim.amazonses.com',
        '    → two._domainkey.mail.example.org CNAME two.dkim.amazonses.com',
      ],
    ],
    [
      'the address alone',
      [own],
      [
        `✓ SES identity: ${address} verified`,
        '✗ SES DKIM: only the address is verified, not mail.example.org; needed: signing',
        unsigned,
        '    → aws sesv2 create-email-identity --email-identity mail.example.org --region eu-west-1',
      ],
    ],
    [
      'the address, and a domain that is not yet',
      [own, pending],
      [
        `✓ SES identity: ${address} verified`,
        '✗ SES DKIM: PENDING for example.org; needed: signing',
        unsigned,
        ...records,
      ],
    ],
    [
      'a domain that is not yet',
      [pending],
      [
        `✗ SES identity: example.org is not verified; needed: one that is verified for ${address} (mailIdentity)`,
        `    SES refuses all mail from ${address}.`,
        ...records,
      ],
    ],
    [
      'a domain with a key of its own that is not yet',
      [{ ...pending, dkim: { ...dkim, status: 'PENDING', tokens: [] } }],
      [
        `✗ SES identity: example.org is not verified; needed: one that is verified for ${address} (mailIdentity)`,
        `    SES refuses all mail from ${address}.`,
        `    → ${console}/ses/home?region=eu-west-1#/identities/example.org`,
      ],
    ],
    [
      'the address, whose mail nobody has answered',
      [{ ...own, isVerified: false }],
      [
        `✗ SES identity: ${address} is not verified; needed: one that is verified for ${address} (mailIdentity)`,
        `    SES refuses all mail from ${address}.`,
        `    → follow the link in the mail that AWS sent to ${address}`,
      ],
    ],
    [
      'a domain that does not sign',
      [{ ...domain, dkim: { ...dkim, isSigning: false } }],
      [
        '✓ SES identity: example.org verified',
        '✗ SES DKIM: turned off for example.org; needed: signing',
        unsigned,
        '    → aws sesv2 put-email-identity-dkim-attributes --email-identity example.org --signing-enabled --region eu-west-1',
      ],
    ],
    [
      'a domain with a key of its own that is not found',
      [{ ...domain, dkim: { ...dkim, status: 'FAILED', tokens: [] } }],
      [
        '✓ SES identity: example.org verified',
        '✗ SES DKIM: FAILED for example.org; needed: signing',
        unsigned,
        `    → ${console}/ses/home?region=eu-west-1#/identities/example.org`,
      ],
    ],
  ])('%s', (_, held, lines) => {
    expect(printed(...judgeMailIdentity(address, held, place))).toEqual(lines);
  });
});

test('of a configuration set that is paused', () => {
  expect(printed(judgeConfigurationSet('meetings', false, place))).toEqual([
    '✗ SES configuration set: meetings, paused; needed: meetings (configurationSet)',
    '    SES refuses all mail that names it.',
    '    → aws sesv2 put-configuration-set-sending-options --configuration-set-name meetings --sending-enabled --region eu-west-1',
  ]);
});

test.each([
  [1, '✗'],
  [1.01, '✓'],
  [undefined, '?'],
])('of SMS for %s dollars a month: %s', (usd, sign) => {
  expect(printed(judgeSmsSpending(usd, place))[0]).toMatch(new RegExp(`^\\${sign} SMS spending: `));
});

test.each([
  [['+34600000001'], '✓ SMS sender: +34600000001'],
  [['34600000001'], '✓ SMS sender: +34600000001'],
  [['+34600000002', '+34600000003'], '✗ SMS sender: +34600000002, +34600000003; needed: +34600000001 (smsOrigination)'],
])('of numbers %j', (owned, line) => {
  expect(printed(judgeSmsNumber('+34600000001', owned, place))[0]).toBe(line);
});

describe('of a push application', () => {
  const now = new Date('2027-03-01T00:00:00Z');
  const arn = 'arn:aws:sns:eu-west-1:111122223333:app/APNS/meetings';
  const page = `${console}/sns/v3/home?region=eu-west-1#/mobile/push-notifications`;

  test.each([
    [{ isEnabled: true, expiresAt: undefined }, ['✓ Push by apns: enabled']],
    [
      { isEnabled: true, expiresAt: new Date('2027-03-31T00:00:01Z') },
      ['✓ Push by apns: enabled, its certificate ends 2027-03-31'],
    ],
    [
      { isEnabled: true, expiresAt: new Date('2027-03-31T00:00:00Z') },
      [
        `✗ Push by apns: enabled, its certificate ends 2027-03-31; needed: ${arn} (pushApplications)`,
        '    From then on no such phone is reminded.',
        `    → ${page} (a new certificate, or a token, which does not end)`,
      ],
    ],
    [
      { isEnabled: false, expiresAt: undefined },
      [
        `✗ Push by apns: disabled; needed: ${arn} (pushApplications)`,
        '    No such phone is reminded: SNS disables what Google or Apple refuses.',
        `    → ${page} (new credentials), then`,
        `    → aws sns set-platform-application-attributes --platform-application-arn ${arn} --attributes Enabled=true --region eu-west-1`,
      ],
    ],
  ])('%j', (application, lines) => {
    expect(printed(judgePushApplication({ name: 'apns', arn }, application, now, place))).toEqual(lines);
  });
});

describe('of a certificate', () => {
  const named = {
    setting: 'certificateArn',
    arn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1111',
    host: 'meetings.example.org',
  };

  test.each([
    [['meetings.example.org'], 'ISSUED', '✓ Certificate of meetings.example.org: issued for meetings.example.org'],
    [['other.example.org', 'Meetings.Example.org'], 'ISSUED', /^✓/],
    [['*.example.org'], 'ISSUED', /^✓/],
    [
      ['*.org'],
      'ISSUED',
      /^✗ Certificate of meetings.example.org: for \*.org; needed: issued for meetings.example.org /,
    ],
    [['example.org'], 'ISSUED', /^✗ .*: for example.org; /],
    [['*.example.org'], 'PENDING_VALIDATION', /^✗ .*: PENDING_VALIDATION; /],
  ])('for %j that is %s', (names, status, line) => {
    expect(printed(judgeCertificate(named, { names, status }, place))[0]).toMatch(line);
  });

  test('that waits for its validation: the page that tells the record', () => {
    const certificate = { names: [named.host], status: 'PENDING_VALIDATION' };

    expect(printed(judgeCertificate(named, certificate, place)).at(-1)).toBe(
      `    → ${console}/acm/home?region=eu-west-1#/certificates/1111`,
    );
  });
});

test('of a secret by its ARN: the command that stores it names it without AWS’s letters', () => {
  const id = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:meetings/turn-AbCdEf';

  expect(printed(judgeStoredSecret('turnSecret', { store: 'secretsmanager', id }, false, place)).at(-1)).toBe(
    '    → aws secretsmanager create-secret --name meetings/turn --secret-string VALUE --region eu-west-1',
  );
});

test.each([
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/ses?r=cn-north-1'],
  ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/ses?r=us-gov-west-1'],
])('names the console of %s', (region, page) => {
  expect(consolePage('ses?r=REGION', { ...place, region })).toBe(page);
});

test('counts what is missing, and what could not be told', () => {
  const one = { check: 'One', found: '', needed: '', asked: 'an:Action' };
  const lastOf = (...states: Finding['state'][]) =>
    reportLines(
      states.map((state) => ({ ...one, state })),
      'Meetings',
      place,
    ).at(-1);

  expect(lastOf('well', 'missing')).toBe('1 thing is missing.');
  expect(lastOf('missing', 'missing', 'unknown')).toBe('2 things are missing, 1 could not be told.');
  expect(lastOf('unknown', 'well')).toBe('1 could not be told.');
  expect(lastOf('well')).toBe('Nothing is missing.');
});
