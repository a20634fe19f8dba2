import { describe, expect, it } from 'vitest';
import { faultsOf, read } from './settingsProject.ts';

const sms = { inviteMechanisms: 'sms', smsCountries: 'ES' };
const fcm = 'arn:aws:sns:eu-west-1:111122223333:app/GCM/meetings';

/** The warnings but for those of rooms, which every reading with defaults has. */
function warningsOf(context: object): string[] {
  return read({
    publicRooms: false,
    jitsiHost: 'meet.example.org',
    alarmEmail: 'operators@example.org',
    smsOrigination: 'Meetings',
    ...context,
  }).warnings;
}

describe('inviteMechanisms', () => {
  it.each([
    ['email', ['email']],
    ['sms, email', ['email', 'sms']],
    [['email', 'email'], ['email']],
    [['email', ''], ['email']],
  ])('are taken as %j', (inviteMechanisms, taken) => {
    expect(read({ inviteMechanisms, smsCountries: 'ES' }).settings.inviteMechanisms).toEqual(taken);
  });

  it('are warned of where there is none, since nobody is told then', () => {
    expect(warningsOf({})).toEqual(['inviteMechanisms: nobody is told of meetings, since none is set']);
  });

  it.each([
    ['emial', 'unable to load resource for emial (did you mean email?)'],
    ['SMS', 'unable to load resource for SMS (did you mean sms?)'],
    ['carrier-pigeon', 'unable to load resource for carrier-pigeon (there are email and sms)'],
  ])('are left out with a warning where %s is unknown', (unknown, warning) => {
    const given = { inviteMechanisms: [unknown, 'sms'], smsCountries: 'ES' };
    expect(read(given).settings.inviteMechanisms).toEqual(['sms']);
    expect(warningsOf(given)).toEqual([warning]);
    expect(warningsOf({ inviteMechanisms: unknown })).toContain(
      'inviteMechanisms: nobody is told of meetings, since none is set',
    );
  });
});

describe('mail', () => {
  const unavailable = 'Cannot send meeting invitation by email: Email service not available (mailIdentity is not set)';

  it('is warned of where it is a mechanism and has no identity', () => {
    expect(warningsOf({ inviteMechanisms: 'email' })).toEqual([unavailable]);
    expect(warningsOf({ ...sms, remindBefore: 10, remindMechanisms: 'email' })).toEqual([unavailable]);
    expect(warningsOf({ ...sms, remindMechanisms: 'email' })).toEqual([]);
    expect(warningsOf({ inviteMechanisms: 'email', mailIdentity: 'meetings@example.org' })).toEqual([]);
  });

  it.each([
    ['meetings@example.org', { address: 'meetings@example.org' }],
    [' Quobis Meetings <meetings@example.org> ', { address: 'meetings@example.org', name: 'Quobis Meetings' }],
    ['<meetings@example.org>', { address: 'meetings@example.org' }],
  ])('comes from %s', (mailIdentity, taken) => {
    expect(read({ mailIdentity }).settings.mailIdentity).toEqual(taken);
  });

  it.each([
    'example.org',
    'meetings@',
    'A <a@b.org> <c@d.org>',
    'A\r\nBcc: x <a@b.org>',
    `${'a'.repeat(250)}@example.org`,
    7,
  ])('does not come from %j', (mailIdentity) => {
    expect(faultsOf(() => read({ mailIdentity }))[0]).toMatch(/^mailIdentity: Must be /);
  });
});

describe('SMS', () => {
  it('is refused where nothing tells the countries, for invitations and for reminders', () => {
    const message = /^smsCountries: SMS is to be sent, but nothing says to which countries/;
    expect(faultsOf(() => read({ inviteMechanisms: 'sms' }))[0]).toMatch(message);
    expect(faultsOf(() => read({ remindMechanisms: 'sms', remindBefore: 10 }))[0]).toMatch(message);
    expect(faultsOf(() => read({ remindMechanisms: 'sms' }))).toEqual([]);
  });

  it('goes to the country of pstnExtension, but where others are named', () => {
    const given = { inviteMechanisms: 'sms', pstnExtension: '+34999999999' };
    expect(read(given).settings.smsCountries).toEqual(['ES']);
    expect(read({ ...given, smsCountries: ['pt', 'FR'] }).settings.smsCountries).toEqual(['PT', 'FR']);
  });

  it('is refused where the number of pstnExtension is no one country’s', () => {
    expect(faultsOf(() => read({ inviteMechanisms: 'sms', pstnExtension: '+80012345678' }))[0]).toMatch(
      /^smsCountries: /,
    );
  });

  it('is warned of, and wants no countries, where the service is off', () => {
    expect(warningsOf({ inviteMechanisms: 'sms', smsService: false })).toEqual([
      'Cannot send meeting invitation by sms: SMS service not available (smsService is false)',
    ]);
  });

  it.each(['XX', 'ESP', 'Spain', 34])('does not go to %j', (entry) => {
    expect(faultsOf(() => read({ smsCountries: [entry] }))[0]).toMatch(/^smsCountries: .* two letters/);
  });

  it.each([
    [' Meetings ', { kind: 'senderId', value: 'Meetings' }],
    ['1ABCDEFGHIJ', { kind: 'senderId', value: '1ABCDEFGHIJ' }],
    ['+34999999999', { kind: 'number', value: '+34999999999' }],
    [34_999_999_999, { kind: 'number', value: '+34999999999' }],
    ['12345678901234567', { kind: 'number', value: '+12345678901234567' }],
  ])('comes from %j', (smsOrigination, taken) => {
    expect(read({ smsOrigination }).settings.smsOrigination).toEqual(taken);
  });

  it.each(['ABCDEFGHIJKL', 'My room', '12345678', '123456789012345678', 'Ñandú', true])(
    'does not come from %j',
    (smsOrigination) => {
      expect(faultsOf(() => read({ smsOrigination }))[0]).toMatch(/^smsOrigination: Must be a sender ID \(up to 11/);
    },
  );
});

describe('pstnExtension', () => {
  it.each([
    ['+34999999999', '+34999999999'],
    ['34 999 999 999', '+34999999999'],
    ['+44 (20) 7946-0000', '+442079460000'],
  ])('is taken as %s and kept as %s', (pstnExtension, kept) => {
    expect(read({ pstnExtension }).settings.pstnExtension).toBe(kept);
  });

  it.each(['999', '+999999999999', '+34 999 999 999 ext. 7', '+34 call me', '0034999999999', '9'.repeat(40)])(
    'is refused as %s',
    (pstnExtension) => {
      expect(faultsOf(() => read({ pstnExtension }))).toEqual([
        'pstnExtension: Must be a phone number with its country code, such as +34999999999.',
      ]);
    },
  );
});

describe('push', () => {
  it('is taken with the applications that there are, as an object or as JSON', () => {
    const pushApplications = { fcm, 'apns-sandbox': fcm.replace('GCM', 'APNS_SANDBOX') };
    expect(read({ pushApplications }).settings.pushApplications).toEqual(pushApplications);
    expect(read({ pushApplications: JSON.stringify({ fcm }) }).settings.pushApplications).toEqual({ fcm });
  });

  it('is refused with the application of another kind of phone', () => {
    expect(faultsOf(() => read({ pushApplications: { apns: fcm, gcm: fcm } }))).toEqual([
      expect.stringMatching(/^pushApplications: apns: Must be the ARN of an SNS platform application for APNS, /),
      expect.stringMatching(
        /^pushApplications: Unknown: gcm\. Must be an object with the ARNs of fcm, apns and apns-sandbox/,
      ),
    ]);
    expect(faultsOf(() => read({ pushApplications: fcm }))[0]).toMatch(/^pushApplications: Must be an object/);
  });

  it('is warned of where reminders go by it and there is no application', () => {
    const noPush = 'remindMechanisms: nobody can be reminded by push, since pushApplications names none';
    expect(warningsOf({ ...sms, remindBefore: 10 })).toEqual([noPush]);
    expect(warningsOf({ ...sms, remindBefore: 10, pushApplications: { fcm } })).toEqual([]);
    expect(warningsOf({ ...sms, remindBefore: 10, remindMechanisms: 'sms' })).toEqual([]);
    expect(warningsOf(sms)).toEqual([]);
  });

  it('stands beside email and sms in remindMechanisms, and beside no others', () => {
    expect(read({ remindMechanisms: 'email,push' }).settings.remindMechanisms).toEqual(['email', 'push']);
    expect(faultsOf(() => read({ remindMechanisms: ['psuh'] }))).toEqual([
      'remindMechanisms: Must be email, sms or push (did you mean push?).',
    ]);
  });
});

describe('names of AWS', () => {
  it.each([
    [{ configurationSet: 'my set' }, 'configurationSet: Must be the name of an SES configuration set.'],
    [{ stackName: '1st' }, 'stackName: Must be 1 to 128 letters, digits and hyphens, a letter first.'],
    [{ stackName: 'S'.repeat(129) }, 'stackName: Must be 1 to 128 letters, digits and hyphens, a letter first.'],
    [{ alarmEmail: 'operators' }, 'alarmEmail: Must be a mail address such as someone@example.org.'],
  ])('are held to their forms: %j', (given, message) => {
    expect(faultsOf(() => read(given))).toEqual([message]);
  });
});

describe('alarmEmail', () => {
  it('is asked for where it is missing', () => {
    expect(warningsOf({ inviteMechanisms: 'email', mailIdentity: 'meetings@example.org', alarmEmail: '' })).toEqual([
      'alarmEmail: the alarms ring and nobody hears them, since it is not set; name the address of who operates the system',
    ]);
  });
});

describe('smsOrigination', () => {
  const warning =
    'smsOrigination: SMS come from a number that AWS chooses, where the template from.hbs names none; countries that ask for a registered sender, such as the United States, then take no SMS';

  it('is asked for where SMS are sent and it is missing', () => {
    expect(warningsOf({ ...sms, smsOrigination: '' })).toEqual([warning]);
    expect(
      warningsOf({
        inviteMechanisms: 'email',
        smsOrigination: '',
        mailIdentity: 'm@example.org',
        remindBefore: 5,
        remindMechanisms: 'sms',
        smsCountries: 'ES',
      }),
    ).toEqual([warning]);
    expect(warningsOf({ ...sms, smsOrigination: '', smsService: false })).not.toContain(warning);
  });
});
