import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net, { type LookupFunction, type TcpSocketConnectOpts } from 'node:net';
import tls from 'node:tls';

/** Names of the internet that lead to this machine. */
export interface NamesHere {
  /** By name: the port on 127.0.0.1 where it is served with TLS. */
  readonly ports: Readonly<Record<string, number>>;
  /** Certificates (PEM) of who vouches for them, believed beside those that Node believes. */
  readonly authorities: readonly string[];
}

/** What a look-up of such a name answers: an address of the internet, which nothing is ever sent to. */
const standIn = '192.0.43.8';

const tlsPort = 443;

/**
 * Has port 443 of some names answered by this machine, within this thread. What calls them looks them up, connects and
 * checks certificates as ever: only where the bytes go is another place. Everything else reaches what it reaches.
 *
 * @returns what undoes it
 */
export function leadNamesHere({ ports, authorities }: NamesHere): () => void {
  const { lookup } = dns;
  const { connect } = net.Socket.prototype;
  const believed = tls.getCACertificates('default');
  dns.lookup = lookupWith(ports, lookup) as typeof dns.lookup;
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]) {
    const [options, ...others] = given;
    return Reflect.apply(connect, this, [isNamedHere(options, ports) ? leadHere(options, ports) : options, ...others]);
  } as typeof connect;
  tls.setDefaultCACertificates([...believed, ...authorities]);
  syncBuiltinESMExports();
  return () => {
    dns.lookup = lookup;
    net.Socket.prototype.connect = connect;
    tls.setDefaultCACertificates(believed);
    syncBuiltinESMExports();
  };
}

function lookupWith(ports: NamesHere['ports'], real: typeof dns.lookup) {
  return (hostname: string, ...rest: unknown[]) => {
    const done = rest.at(-1);
    if (ports[hostname] === undefined || typeof done !== 'function')
      return Reflect.apply(real, dns, [hostname, ...rest]);
    const [options] = rest;
    const all = typeof options === 'object' && options !== null && Reflect.get(options, 'all') === true;
    process.nextTick(() => answer(done, standIn, all));
    return {};
  };
}

function answer(done: unknown, address: string, all: boolean): void {
  if (typeof done !== 'function') return;
  if (all) done(null, [{ address, family: 4 }]);
  else done(null, address, 4);
}

function isNamedHere(options: unknown, ports: NamesHere['ports']): options is TcpSocketConnectOpts {
  if (typeof options !== 'object' || options === null) return false;
  return Number(Reflect.get(options, 'port')) === tlsPort && ports[String(Reflect.get(options, 'host'))] !== undefined;
}

/** The caller's own look-up decides first whether it may connect. */
function leadHere(options: TcpSocketConnectOpts, ports: NamesHere['ports']): TcpSocketConnectOpts {
  const port = ports[options.host ?? ''] ?? tlsPort;
  const own = options.lookup ?? (dns.lookup as LookupFunction);
  const lookup: LookupFunction = (hostname, asked, done) =>
    own(hostname, asked, (error, found, family) => {
      if (error) done(error, found, family);
      else answer(done, '127.0.0.1', asked.all === true);
    });
  return { ...options, port, lookup };
}
