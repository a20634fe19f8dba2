import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reservedFirstSegments } from '../../../infra/settings/links.ts';
import { faultsOf, read } from './settingsProject.ts';

const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/11112222-3333-4444-5555-666677778888';

describe('linkHost', () => {
  it.each([
    ['https://meetings.wac', 'https://meetings.wac'],
    ['https://meetings.wac/', 'https://meetings.wac'],
    [' https://Meetings.WAC:443// ', 'https://meetings.wac'],
    ['HTTPS://meetings.wac:8443', 'https://meetings.wac:8443'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['https://192.0.2.7', 'https://192.0.2.7'],
    ['https://[2001:db8::7]:8443/', 'https://[2001:db8::7]:8443'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ])('is taken as %s and kept as %s', (linkHost, kept) => {
    expect(read({ linkHost }).settings.linkHost).toBe(kept);
  });

  it.each([
    ['meetings.wac', 'It must begin with https:// or http://.'],
    ['//meetings.wac', 'It must begin with https:// or http://.'],
    ['https:meetings.wac', 'It must begin with https:// or http://.'],
    ['ftp://meetings.wac', 'It must begin with https:// or http://.'],
    ['javascript:alert(1)', 'It must begin with https:// or http://.'],
    ['https://meetings.wac/?x=1', 'It must not have a query (from the ? on).'],
    ['https://meetings.wac?', 'It must not have a query (from the ? on).'],
    ['https://meetings.wac/#top', 'It must not have a fragment (from the # on).'],
    ['https://meetings.wac#', 'It must not have a fragment (from the # on).'],
    ['https://ana@meetings.wac', 'It must not have a user or password (before the @).'],
    ['https://:@meetings.wac', 'It must not have a user or password (before the @).'],
    ['https://meetings.wac/join', 'It must not have a path: linkPath is the place for it.'],
    ['https:///meetings.wac', 'It must not have a path: linkPath is the place for it.'],
    ['https://meetings.wac\\@evil.example', 'It must not hold blanks or backslashes.'],
    ['https://meetings .wac', 'It must not hold blanks or backslashes.'],
    ['https://meet\tings.wac', 'It must not hold blanks or backslashes.'],
    ['https://', 'Its host "" is no host name.'],
    ['https://meetings..wac', 'Its host "meetings..wac" is no host name.'],
    ['https://-meetings.wac', 'Its host "-meetings.wac" is no host name.'],
    ['https://meet_ings.wac', 'Its host "meet_ings.wac" is no host name.'],
    ['https://meetings.wac:99999', 'Its host "meetings.wac:99999" is no host name.'],
    [7, 'It must be text.'],
    [['https://meetings.wac'], 'It must be text.'],
  ])('is refused as %j: %s', (linkHost, why) => {
    expect(faultsOf(() => read({ linkHost }))).toEqual([`linkHost: Invalid linkHost. ${why}`]);
  });

  it('is always an origin that a link can be built on, where it is taken', () => {
    const junk = fc.tuple(
      fc.constantFrom('https://', 'http://', ''),
      fc.oneof(fc.domain(), fc.webAuthority(), fc.string()),
    );
    fc.assert(
      fc.property(junk, ([scheme, rest]) => {
        const linkHost = `${scheme}${rest}`.trim();
        if (linkHost === '' || faultsOf(() => read({ linkHost })).length > 0) return;
        const kept = read({ linkHost }).settings.linkHost ?? '';
        expect(new URL(kept).origin).toBe(kept);
        expect(new URL(`${kept}/m/id.key`)).toMatchObject({
          origin: kept,
          pathname: '/m/id.key',
          search: '',
          hash: '',
        });
      }),
      { numRuns: 300 },
    );
  });

  it('gives the domain, where none is set', () => {
    expect(read({ linkHost: 'https://meetings.wac:8443' }).settings.domain).toBe('meetings.wac');
    expect(read({ linkHost: 'https://meetings.wac', domain: 'example.org' }).settings.domain).toBe('example.org');
    expect(read({}).settings.domain).toBeUndefined();
    expect(faultsOf(() => read({ domain: 'https://example.org' }))).toHaveLength(1);
  });

  it('is warned of over http, but not on this machine', () => {
    const warned = (linkHost: string) =>
      read({ linkHost }).warnings.some((warning) => warning.startsWith('linkHost: links over http'));
    expect(['http://meetings.wac', 'http://127.0.0.1.example.org'].map(warned)).toEqual([true, true]);
    expect(['https://meetings.wac', 'http://localhost', 'http://127.0.0.1:80', 'http://[::1]'].some(warned)).toBe(
      false,
    );
  });

  it('is warned of where nothing makes it lead here, but not on this machine', () => {
    const warned = (given: object) =>
      read(given).warnings.some((warning) => /^(link|socket)Host: .* until it points at /.test(warning));
    const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
    const [linkHost, socketHost] = ['https://meetings.example.org', 'wss://sockets.example.org'];
    expect([{ linkHost }, { socketHost }].map(warned)).toEqual([true, true]);
    expect(
      [
        {},
        { linkHost, certificateArn: certificate },
        { socketHost, socketCertificateArn: certificate },
        { linkHost: 'https://localhost:8443', socketHost: 'wss://127.0.0.1' },
      ].some(warned),
    ).toBe(false);
  });
});

describe('linkPath', () => {
  it.each([
    ['/m', '/m'],
    ['/m/', '/m'],
    ['/join/us', '/join/us'],
    ['/a.b_c~d-1', '/a.b_c~d-1'],
    ['/conferences', '/conferences'],
    [`/${'m'.repeat(99)}`, `/${'m'.repeat(99)}`],
  ])('is taken as %s and kept as %s', (linkPath, kept) => {
    expect(read({ linkPath }).settings.linkPath).toBe(kept);
  });

  it.each([
    '/',
    'm',
    '//m',
    '/m//x',
    '/a b',
    '/m?x',
    '/{link}',
    '/%2e',
    '/ñ',
    '/..',
    '/m/./x',
    '/$default',
    `/${'m'.repeat(100)}`,
    7,
  ])('is refused as %j', (linkPath) => {
    expect(faultsOf(() => read({ linkPath }))[0]).toMatch(/^linkPath: Must /);
  });

  it.each(reservedFirstSegments)('is refused where another route owns /%s', (segment) => {
    const message = `linkPath: Must not begin with /${segment}, which another route owns.`;
    expect(faultsOf(() => read({ linkPath: `/${segment}` }))).toEqual([message]);
    expect(faultsOf(() => read({ linkPath: `/${segment}/x/` }))).toEqual([message]);
    expect(faultsOf(() => read({ linkPath: `/x/${segment}` }))).toEqual([]);
  });
});

describe('certificates and the hosts of sockets', () => {
  it('make both domains where both hosts are named', () => {
    const given = {
      linkHost: 'https://meetings.wac/',
      certificateArn,
      socketHost: 'wss://sockets.wac/',
      socketCertificateArn: certificateArn,
    };
    expect(read(given).settings).toMatchObject({
      ...given,
      linkHost: 'https://meetings.wac',
      socketHost: 'wss://sockets.wac',
    });
  });

  it.each([undefined, 'http://meetings.wac', 'https://meetings.wac:8443', 'https://192.0.2.7', 'https://localhost'])(
    'refuse a certificate for linkHost %s',
    (linkHost) => {
      expect(faultsOf(() => read({ linkHost, certificateArn }))).toEqual([
        'certificateArn: Needs linkHost to be https:// and a name, without a port.',
      ]);
    },
  );

  it('refuse certificates without hosts, and say no more than that', () => {
    const given = { certificateArn, socketCertificateArn: certificateArn };
    expect(faultsOf(() => read(given)).map((fault) => fault.split(':')[0])).toEqual([
      'certificateArn',
      'socketCertificateArn',
    ]);
  });

  it('refuse a certificate for sockets without their host', () => {
    expect(faultsOf(() => read({ socketCertificateArn: certificateArn }))[0]).toMatch(
      /^socketCertificateArn: Needs socketHost/,
    );
  });

  it('refuse one domain for both', () => {
    const both = { certificateArn, socketCertificateArn: certificateArn, linkHost: 'https://meetings.wac' };
    expect(faultsOf(() => read({ ...both, socketHost: 'wss://meetings.wac' }))[0]).toMatch(
      /^socketHost: Must be another host/,
    );
  });

  it.each(['arn:aws:iam::111122223333:server-certificate/x', `${certificateArn}x`, 'meetings'])('refuse %s', (arn) => {
    expect(faultsOf(() => read({ linkHost: 'https://meetings.wac', certificateArn: arn }))[0]).toMatch(
      /^certificateArn: Must be the ARN of an ACM certificate/,
    );
  });

  it.each(['ws://sockets.wac', 'https://sockets.wac', 'sockets.wac', 'wss://sockets.wac/x'])(
    'refuse sockets at %s',
    (socketHost) => {
      expect(faultsOf(() => read({ socketHost }))[0]).toMatch(/^socketHost: Must be an address such as wss:/);
    },
  );
});

describe('linkFormat', () => {
  it('warns that a link of the format user is not one meeting alone', () => {
    const { settings, warnings } = read({ linkFormat: 'user' });
    expect(settings.linkFormat).toBe('user');
    expect(warnings).toContainEqual(expect.stringMatching(/^linkFormat: .* is not one meeting's own/));
    expect(read({}).warnings.some((warning) => warning.startsWith('linkFormat'))).toBe(false);
  });

  it('is refused as another word, with the one that is near', () => {
    expect(faultsOf(() => read({ linkFormat: 'uniqe' }))).toEqual([
      'linkFormat: Must be unique or user (did you mean unique?).',
    ]);
  });
});
