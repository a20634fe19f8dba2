import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, as files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority that nobody else knows: it certifies servers, and browsers may be told to trust it. */
export class Authority {
  readonly #directory: string;
  readonly #own: Certificate;

  /** @param directory where its files are kept */
  constructor(directory: string) {
    this.#directory = directory;
    this.#own = this.#filesOf('authority');
    const { cert, key } = this.#own;
    const usage = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'];
    openssl('req', '-x509', ...newKey(key), '-subj', '/CN=Test authority', '-days', '2', ...usage, '-out', cert);
  }

  /** A certificate of a server at this address. */
  certify(address: string): Certificate {
    const made = this.#filesOf('server');
    const [request, extensions] = [join(this.#directory, 'request.pem'), join(this.#directory, 'extensions')];
    writeFileSync(extensions, `subjectAltName=IP:${address}\nextendedKeyUsage=serverAuth\n`);
    openssl('req', ...newKey(made.key), '-subj', `/CN=${address}`, '-out', request);
    const by = ['-CA', this.#own.cert, '-CAkey', this.#own.key, '-CAcreateserial'];
    openssl('x509', '-req', '-in', request, ...by, '-days', '2', '-extfile', extensions, '-out', made.cert);
    return made;
  }

  /** A home in which Chromium finds the authority among those that are trusted. @returns its path */
  trustingHome(): string {
    const home = join(this.#directory, 'home');
    const database = join(home, '.pki', 'nssdb');
    mkdirSync(database, { recursive: true });
    const certutil = (...words: string[]) => execFileSync('certutil', ['-d', `sql:${database}`, ...words]);
    certutil('-N', '--empty-password');
    certutil('-A', '-t', 'C,,', '-n', 'Test authority', '-i', this.#own.cert);
    return home;
  }

  #filesOf(name: string): Certificate {
    return { cert: join(this.#directory, `${name}.pem`), key: join(this.#directory, `${name}.key`) };
  }
}

function newKey(path: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', path];
}

function openssl(...words: readonly string[]): void {
  execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}
