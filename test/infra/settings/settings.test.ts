import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SettingsFault } from '../../../infra/settings/fault.ts';
import { schema } from '../../../infra/settings/schema.ts';
import { readSettings } from '../../../infra/settings.ts';
import { faultsOf, project, read } from './settingsProject.ts';

const defaults = {
  linkPath: '/m',
  linkFormat: 'unique',
  inviteMechanisms: [],
  organizerMail: true,
  languages: ['en', 'ca', 'es'],
  languagesGiven: false,
  timeZone: 'UTC',
  remindMechanisms: ['push'],
  pushApplications: {},
  mailsPerDay: 2000,
  maxSendRate: 14,
  smsService: true,
  smsPerDay: 50,
  smsCountries: [],
  audience: [],
  capabilitiesClaim: 'cognito:groups',
  console: true,
  trustIssuerAddresses: false,
  mfa: 'optional',
  passwordLength: 12,
  threatProtection: 'off',
  allowedOrigins: [],
  publicRooms: true,
  roomCapacity: 8,
  openBeforeMinutes: 10,
  retentionDays: 90,
  attendance: true,
  iceServers: [],
  stackName: 'Meetings',
  tags: {},
  logRetentionDays: 30,
  logLevel: 'info',
  socketAccessLog: false,
  tracing: false,
  eventBus: false,
  throttleRate: 100,
  throttleBurst: 200,
};

describe('settings that are not given', () => {
  it.each([undefined, null, {}, '', '{}'])('take their defaults where the context holds %j', (context) => {
    const { templatePath, ...settings } = read(context).settings;
    expect(JSON.parse(JSON.stringify(settings))).toEqual(defaults);
    expect(templatePath).toMatch(/[/\\]templates$/);
  });

  it.each(Object.keys(schema.shape))('take the default of %s where it is blank', (name) => {
    for (const blank of ['', '  ', null, [], ['']]) {
      const { templatePath: _, ...settings } = read({ [name]: blank }).settings;
      expect(JSON.parse(JSON.stringify(settings))).toEqual(defaults);
    }
  });
});

describe('values', () => {
  it('are taken from JSON text with numbers, booleans and lists as text', () => {
    const asText = JSON.stringify({
      remindBefore: '15',
      publicRooms: 'false',
      smsMaxPrice: ' 0.05',
      smsCountries: 'es, PT,es',
      trustIssuerAddresses: 'true',
      pstnExtension: 34_999_999_999,
      iceServers: '[{"urls":"stun:stun.example.org"}]',
    });
    expect(read(asText).settings).toMatchObject({
      remindBeforeMinutes: 15,
      publicRooms: false,
      smsMaxPriceUsd: 0.05,
      smsCountries: ['ES', 'PT'],
      trustIssuerAddresses: true,
      pstnExtension: '+34999999999',
      iceServers: [{ urls: ['stun:stun.example.org'] }],
    });
  });

  it.each([
    ['remindBefore', 1, 40_320, 'minutes'],
    ['mailsPerDay', 0, 1_000_000, 'mails'],
    ['maxSendRate', 1, 5000, 'mails per second'],
    ['smsPerDay', 0, 100_000, 'SMS'],
    ['roomCapacity', 2, 16, 'people'],
    ['openBefore', 0, 1440, 'minutes'],
    ['retentionDays', 1, 3650, 'days'],
    ['logRetentionDays', 1, 3653, 'days'],
    ['throttleRate', 1, 10_000, 'requests per second'],
    ['throttleBurst', 1, 5000, 'requests'],
  ])('of %s are whole and lie between %d and %d', (name, minimum, maximum, unit) => {
    const message = `${name}: Must be a whole number of ${unit}, ${minimum} to ${maximum}.`;
    for (const taken of [minimum, maximum, String(maximum), ` ${minimum} `]) {
      expect(faultsOf(() => read({ [name]: taken }))).toEqual([]);
    }
    const refused = [
      minimum - 1,
      maximum + 1,
      minimum + 0.5,
      `${maximum + 1}`,
      '1e1',
      '0x5',
      'ten',
      true,
      {},
      [minimum],
      Number.NaN,
    ];
    for (const value of refused) expect(faultsOf(() => read({ [name]: value }))[0], String(value)).toBe(message);
  });

  it('lose the blanks around them', () => {
    const blanks = {
      pstnExtension: ' +34999999999 ',
      publicRooms: ' false ',
      linkPath: ' /join ',
      stackName: ' Ours ',
      jitsiHost: ' meet.example.org ',
      mailIdentity: ' meetings@example.org ',
    };
    expect(read(blanks).settings).toMatchObject({
      pstnExtension: '+34999999999',
      publicRooms: false,
      linkPath: '/join',
      stackName: 'Ours',
      jitsiHost: 'https://meet.example.org',
      mailIdentity: { address: 'meetings@example.org' },
    });
  });

  it.each([0.001, 100, '0.001', '100'])('of smsMaxPrice may be %j', (smsMaxPrice) => {
    expect(read({ smsMaxPrice }).settings.smsMaxPriceUsd).toBe(Number(smsMaxPrice));
  });

  it.each([0, -1, 101, '1,5', '1e-3', '.5', 'free', true])('of smsMaxPrice are not %j', (smsMaxPrice) => {
    expect(faultsOf(() => read({ smsMaxPrice }))).toEqual([
      'smsMaxPrice: Must be an amount in US dollars with a decimal point, 0.001 to 100.',
    ]);
  });

  it.each([0, 1, 'yes', 'TRUE', {}])('of a switch are not %j', (publicRooms) => {
    expect(faultsOf(() => read({ publicRooms }))).toEqual(['publicRooms: Must be true or false.']);
  });

  it('of logRetentionDays are those that CloudWatch Logs knows', () => {
    expect(read({ logRetentionDays: 731 }).settings.logRetentionDays).toBe(731);
    expect(faultsOf(() => read({ logRetentionDays: 31 }))[0]).toMatch(/knows: 1, 3, 5, 7, 14, 30, /);
  });
});

describe('faults', () => {
  it('are thrown all together, each on a line with its setting', () => {
    const wrong = {
      linkHost: 'meetings.example.org',
      remindBefore: 0,
      stackName: '1',
      certificateArn: 'arn:aws:acm',
      allowedOrigins: ['*', 'https://app.example.org'],
      issuer: 'https://login.example.org',
      languagesTemplates: 'en,fr',
      inviteMechanisms: 'email',
    };
    const reading = () => read(wrong);
    expect(faultsOf(reading).map((fault) => fault.split(':')[0])).toEqual([
      'linkHost',
      'certificateArn',
      'remindBefore',
      'stackName',
      'audience',
      'allowedOrigins',
      'languagesTemplates',
    ]);
    expect(reading).toThrow(SettingsFault);
    expect(reading).toThrow(/^linkHost: Invalid linkHost\. .*\ncertificateArn: .*\nremindBefore: Must be .*\n/);
  });

  it.each([
    ['remindbefore', ' (did you mean remindBefore?)'],
    ['inviteMechanism', ' (did you mean inviteMechanisms?)'],
    ['linkhots', ' (did you mean linkHost?)'],
    ['colour', ''],
  ])('tell that there is no setting %s%s', (name, hint) => {
    expect(faultsOf(() => read({ [name]: 'x' }))).toEqual([`${name}: There is no such setting${hint}.`]);
  });

  it.each(['[]', '{', '"x"', 7, false, ['remindBefore']])('tell that the context %j is no object', (context) => {
    expect(faultsOf(() => read(context))).toEqual(['meetings: Must be an object of settings, or the same as JSON.']);
  });

  it('of one setting do not bring faults of others that depend on it', () => {
    const dependent = { inviteMechanisms: 'sms', pstnExtension: 'none', linkHost: 'x', certificateArn };
    expect(faultsOf(() => read(dependent)).map((fault) => fault.split(':')[0])).toEqual(['linkHost', 'pstnExtension']);
  });

  it('never arise otherwise than as a SettingsFault, whatever is given', () => {
    const names = fc.constantFrom(...Object.keys(schema.shape), '__proto__', 'constructor');
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.dictionary(names, fc.oneof(fc.anything(), fc.webUrl(), fc.string()))),
        (given) => {
          for (const fault of faultsOf(() => readSettings(given, { projectDirectory: project })))
            expect(fault).not.toMatch(/[\r\n]/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/11112222-3333-4444-5555-666677778888';

describe('secrets', () => {
  it.each([
    ['/meetings/shortener-token', { store: 'ssm', id: '/meetings/shortener-token' }],
    [' /token ', { store: 'ssm', id: '/token' }],
    ['secretsmanager:meetings/turn', { store: 'secretsmanager', id: 'meetings/turn' }],
    [
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:meetings-AbCdEf',
      { store: 'secretsmanager', id: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:meetings-AbCdEf' },
    ],
  ])('are named as %s', (reference, expected) => {
    const { shortenerToken, turnSecret } = read({ shortenerToken: reference, turnSecret: reference }).settings;
    expect([shortenerToken, turnSecret]).toEqual([expected, expected]);
  });

  it.each(['0123456789abcdef0123456789abcdef01234567', '<ACCESS TOKEN>', 'meetings/token', '//', '/', '/a b', 40])(
    'are refused as %s with how to store them',
    (literal) => {
      const [token, secret] = faultsOf(() => read({ shortenerToken: literal, turnSecret: literal }));
      expect(token).toContain(
        'Store it with: aws ssm put-parameter --type SecureString --name /meetings/shortener-token --value <the token>',
      );
      expect(secret).toContain('--name /meetings/turn-secret --value <the secret>');
    },
  );

  it('never appear in what is said of them, nor of the whole', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9]{20,60}$/);
    const places = fc.constantFrom(
      (secret: string) => ({ shortenerToken: secret }),
      (secret: string) => ({ turnSecret: [secret] }),
      (secret: string) => `{"shortenerToken":"${secret}"`,
      (secret: string) => ({ shortenerToken: { token: secret } }),
      (secret: string) => ({ iceServers: [{ urls: ['turn:turn.example.org'], credential: secret }] }),
    );
    fc.assert(
      fc.property(token, places, (secret, place) => {
        const said = faultsOf(() => readSettings(place(secret), { projectDirectory: project }));
        expect(said).not.toEqual([]);
        expect(said.join()).not.toContain(secret);
      }),
    );
  });
});
