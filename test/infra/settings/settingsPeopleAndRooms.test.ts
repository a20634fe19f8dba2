import { describe, expect, it } from 'vitest';
import { faultsOf, read } from './settingsProject.ts';

describe('issuer and audience', () => {
  it('are kept to the letter', () => {
    const given = { issuer: 'https://Login.example.org/tenant/', audience: ['meetings', 'api://meetings'] };
    expect(read(given).settings).toMatchObject(given);
    expect(read({ ...given, audience: 'meetings' }).settings.audience).toEqual(['meetings']);
  });

  it('need each other', () => {
    expect(faultsOf(() => read({ issuer: 'https://login.example.org' }))).toEqual([
      'audience: Needed with issuer: whom the tokens are made for.',
    ]);
    expect(faultsOf(() => read({ audience: 'meetings' }))).toEqual([
      'issuer: Needed with audience: who makes the tokens.',
    ]);
  });

  const address = 'Must be an address such as https://login.example.org/.';
  const scheme = 'Must begin with https://, as API Gateway asks for.';
  const bare = 'Must have no query, fragment or user.';
  const itself = 'Must be the issuer itself, without /.well-known and what follows it.';
  const tenant = 'Must name one tenant by its id: no token has an iss that stands for many.';

  it.each<[unknown, string]>([
    ['http://login.example.org', scheme],
    ['login.example.org', scheme],
    ['HTTPS://login.example.org', scheme],
    ['https://', address],
    ['https://:443', address],
    [`https://login.example.org/${'x'.repeat(300)}`, address],
    ['https://x/?a', bare],
    ['https://x/#a', bare],
    ['https://a@x', bare],
    ['https://x\\y', bare],
    ['https://x/.well-known/openid-configuration', itself],
    ['https://login.microsoftonline.com/common/v2.0', tenant],
    ['https://login.microsoftonline.com/organizations/v2.0', tenant],
    [' https://x', 'Must not hold blanks: it is compared with the iss of tokens to the letter.'],
    ['https://x ', 'Must not hold blanks: it is compared with the iss of tokens to the letter.'],
    [7, 'Must be text.'],
  ])('are refused for the issuer %j', (issuer, fault) => {
    expect(faultsOf(() => read({ issuer, audience: 'meetings' }))).toEqual([`issuer: ${fault}`]);
  });

  it.each([
    'https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0',
    'https://tenant.eu.auth0.com/',
    'https://login.example.org:8443/realms/common',
  ])('are taken for the issuer %s', (issuer) => {
    expect(read({ issuer, audience: 'meetings' }).settings.issuer).toBe(issuer);
  });

  it('are 50 audiences at most, without blanks', () => {
    const audiences = (count: number) => Array.from({ length: count }, (_, index) => `api-${index}`);
    const issuer = 'https://login.example.org';
    expect(read({ issuer, audience: audiences(50) }).settings.audience).toHaveLength(50);
    expect(faultsOf(() => read({ issuer, audience: audiences(51) }))).toEqual([
      'audience: Must be 50 at most: an authorizer takes no more.',
    ]);
    expect(faultsOf(() => read({ issuer, audience: ['my api'] }))).toEqual(['audience: Must be text without blanks.']);
  });
});

describe('allowedOrigins', () => {
  it.each([['*'], ['https://app.example.org'], ['http://localhost:5173, https://app.example.org:8443']])(
    'are taken as %s',
    (origins) => {
      expect(read({ allowedOrigins: origins }).settings.allowedOrigins).toEqual(origins.split(', '));
    },
  );

  it.each([
    'https://app.example.org/',
    'https://App.example.org',
    'app.example.org',
    'https://app.example.org:443',
    'https://*.example.org',
    'null',
  ])('are refused as %s, which no browser sends', (origin) => {
    expect(faultsOf(() => read({ allowedOrigins: [origin] }))[0]).toMatch(/^allowedOrigins: ".*" is no origin: /);
  });

  it('are refused beside *', () => {
    expect(faultsOf(() => read({ allowedOrigins: '*,https://app.example.org' }))).toEqual([
      'allowedOrigins: Must hold either * alone or origins.',
    ]);
  });
});

describe('capabilitiesClaim', () => {
  it('may be the URL that some issuers make of it, but no words', () => {
    const capabilitiesClaim = 'https://example.org/capabilities';
    expect(read({ capabilitiesClaim }).settings.capabilitiesClaim).toBe(capabilitiesClaim);
    expect(faultsOf(() => read({ capabilitiesClaim: 'my claim' }))).toEqual([
      'capabilitiesClaim: Must be the name of a claim, without blanks.',
    ]);
  });

  it.each(['realm_access.roles', 'realm_access', 'resource_access.meetings.roles'])(
    'cannot be %s, which is nested',
    (claim) => {
      expect(faultsOf(() => read({ capabilitiesClaim: claim }))).toEqual([
        "capabilitiesClaim: Must be a claim of its own, and Keycloak's roles are nested: add a mapper that writes them into one.",
      ]);
    },
  );
});

describe('timeZone', () => {
  it.each(['Europe/Madrid', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])('is taken as %s', (timeZone) => {
    expect(read({ timeZone }).settings.timeZone).toBe(timeZone);
  });

  it('is spelled as IANA spells it', () => {
    expect(read({ timeZone: 'europe/madrid' }).settings.timeZone).toBe('Europe/Madrid');
  });

  it.each(['Europe/Vigo', 'CEST', '+02:00', 'Madrid', 2])('is refused as %j', (timeZone) => {
    expect(faultsOf(() => read({ timeZone }))[0]).toMatch(/^timeZone: /);
  });

  it('is refused at length with its first 60 characters, on one line', () => {
    expect(faultsOf(() => read({ timeZone: `\n${'x'.repeat(100)}` }))).toEqual([
      `timeZone: "\\n${'x'.repeat(59)}..." is no IANA time zone such as Europe/Madrid.`,
    ]);
  });
});

describe('publicRooms', () => {
  it('are warned of where they are open', () => {
    const warned = (given: object) =>
      read(given).warnings.some((warning) => /^publicRooms: .* anyone can use the service/.test(warning));
    expect([{}, { publicRooms: true }, { publicRooms: false }].map(warned)).toEqual([true, true, false]);
  });
});

describe('pstnExtension', () => {
  it('is warned of where nothing here answers it', () => {
    const warned = (given: object) =>
      read(given).warnings.some((warning) => /^pstnExtension: .* nobody /.test(warning));
    const pstnExtension = '+34999999999';
    expect([{ pstnExtension }, { pstnExtension, jitsiHost: 'meet.example.org' }, {}].map(warned)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('iceServers', () => {
  const turn = 'turns:turn.example.org:443?transport=tcp';

  it('are taken as URLs and as browsers have them', () => {
    const iceServers = [
      'stun:stun.example.org',
      { urls: [turn, 'turn:[2001:db8::1]:3478'] },
      { urls: 'stuns:192.0.2.1:5349' },
    ];
    const expected = [
      { urls: ['stun:stun.example.org'] },
      { urls: [turn, 'turn:[2001:db8::1]:3478'] },
      { urls: ['stuns:192.0.2.1:5349'] },
    ];
    expect(read({ iceServers }).settings.iceServers).toEqual(expected);
    expect(read({ iceServers: JSON.stringify(iceServers) }).settings.iceServers).toEqual(expected);
  });

  it.each([
    'http://x',
    'stun://x',
    'stun:',
    'stun:x:0',
    'stun:x:65536',
    'stun:x?transport=udp',
    'turn:x?transport=sctp',
    'turn:u@x',
    'turn:-x',
  ])('are refused as %s', (url) => {
    expect(faultsOf(() => read({ iceServers: [{ urls: url }] }))).toEqual([
      `iceServers: [0].urls[0]: "${url}" must be like stun:stun.example.org:3478 or turns:turn.example.org:443?transport=tcp.`,
    ]);
  });

  it('hold no credentials, and no empty entries', () => {
    expect(faultsOf(() => read({ iceServers: [{ urls: turn, username: 'u', credential: 'c' }] }))[0]).toMatch(
      /^iceServers: Unknown: username, credential\. .* credentials for TURN come from turnSecret/,
    );
    expect(faultsOf(() => read({ iceServers: [{ urls: [] }] }))).toHaveLength(1);
    expect(faultsOf(() => read({ iceServers: [{}] }))).toHaveLength(1);
  });

  it('are warned of where there are none, unless Jitsi holds the conferences', () => {
    const warned = (given: object) =>
      read(given).warnings.some((warning) => /^iceServers: .* no STUN or TURN server is set/.test(warning));
    const given = [{}, { iceServers: [] }, { iceServers: 'stun:x.org' }, { jitsiHost: 'meet.example.org' }];
    expect(given.map(warned)).toEqual([true, true, false, false]);
  });

  it('are warned of where a TURN server would get no credentials', () => {
    const warned = (given: object) =>
      read(given).warnings.some((warning) => warning.startsWith('iceServers: a TURN server'));
    const turnSecret = '/meetings/turn-secret';
    const mixed = ['stun:x.org', { urls: `stun:x.org,${turn}` }];
    const given = [
      { iceServers: turn },
      { iceServers: mixed },
      { iceServers: turn, turnSecret },
      { iceServers: 'stun:x.org' },
    ];
    expect(given.map(warned)).toEqual([true, true, false, false]);
  });
});

describe('jitsiHost', () => {
  it.each(['meet.example.org', 'https://meet.example.org', 'https://Meet.example.org/'])(
    'is taken as %s',
    (jitsiHost) => {
      expect(read({ jitsiHost }).settings.jitsiHost).toBe('https://meet.example.org');
    },
  );

  it.each(['http://meet.example.org', 'meet.example.org/room', 'wss://meet.example.org', 'meet example'])(
    'is refused as %s',
    (jitsiHost) => {
      expect(faultsOf(() => read({ jitsiHost }))[0]).toMatch(/^jitsiHost: Must be a host name/);
    },
  );
});
