import { expect, it } from 'vitest';
import { asciiAddress, InvalidMailAddress } from '../../../../functions/deliveries/channels/email/mailAddress.ts';

it.each([
  ['ana@example.org', 'ana@example.org'],
  ["o'hara+tag.x_y=z@mail.example.org", "o'hara+tag.x_y=z@mail.example.org"],
  ['ana@Bücher.example', 'ana@xn--bcher-kva.example'],
  ['ana@例え.jp', 'ana@xn--r8jz45g.jp'],
  ['ana@localhost', 'ana@localhost'],
])('takes %s', (address, ascii) => {
  expect(asciiAddress(address)).toBe(ascii);
});

it.each([
  '',
  'ana',
  '@example.org',
  'ana@',
  'ana@example.org\r\nBcc: eve@example.com',
  'ana@example.org, eve@example.com',
  'ana,eve@example.com',
  'ana@eve@example.com',
  '<ana@example.org>',
  '"ana b"@example.org',
  'ana b@example.org',
  'ána@example.org',
  'ana..b@example.org',
  'ana.@example.org',
  'ana@exa mple.org',
  'ana@-example.org',
  'ana@example..org',
  'ana@[127.0.0.1]',
  `${'a'.repeat(65)}@example.org`,
  `a@${'a.'.repeat(130)}org`,
])('refuses %j', (address) => {
  expect(() => asciiAddress(address)).toThrow(InvalidMailAddress);
});

it('does not repeat an address in its error', () => {
  expect(() => asciiAddress('secret name@example.org')).toThrow(/^not an address that mail can be sent to$/);
});
