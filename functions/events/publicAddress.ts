import { BlockList, isIP } from 'node:net';

type Subnet = readonly [address: string, prefix: number];

/** What is not globally reachable (IANA IPv4 Special-Purpose Address Registry), multicast and the reserved rest. */
const specialIpv4: readonly Subnet[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** What of the unicast space (2000::/3) is for protocols, tunnels to IPv4, benchmarks and documents (IANA IPv6 registry). */
const specialIpv6: readonly Subnet[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const special = new BlockList();
for (const [address, prefix] of specialIpv4) special.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of specialIpv6) special.addSubnet(address, prefix, 'ipv6');

const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

/** RFC 6052, section 2.1: the last 32 bits are an IPv4 address; and RFC 4291, section 2.5.5.2. */
const translated = new BlockList();
translated.addSubnet('64:ff9b::', 96, 'ipv6');
const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Whether an address can be anybody's on the internet: an IPv4 address within an IPv6 one counts as what it is. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  // A zone, as in fe80::1%eth0, is of this machine's own networks.
  if (isIP(address) !== 6 || address.includes('%')) return false;
  // Node's list takes what is mapped for the IPv4 address that it holds, and so is asked with that.
  const embedded = embeddedIpv4(address);
  if (embedded !== undefined) return !special.check(embedded, 'ipv4');
  return unicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Of a URL's host that is an address whether it is public; undefined where it is a name. */
export function isPublicLiteral(hostname: string): boolean | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? undefined : isPublicAddress(address);
}

function embeddedIpv4(address: string): string | undefined {
  if (!translated.check(address, 'ipv6') && !mapped.check(address, 'ipv6')) return undefined;
  // As a URL writes it, the last two of its groups are in hexadecimal, without leading zeros.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':');
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
