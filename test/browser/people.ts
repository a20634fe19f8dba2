import { readdirSync, readFileSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type BrowserServer,
  chromium,
  type Page,
} from 'playwright-core';

/** The browser that the tests drive; it is installed beside them. */
export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** How long in milliseconds what should happen soon may take on a machine that is busy. */
export const patienceMs = 120_000;

/** A camera that shows a moving picture, a microphone that beeps, a screen to share, and leave to use them. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream=device-count=2',
  '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen',
  // Names of the local network that nobody resolves on a machine without one.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** A browser that is started otherwise. */
export interface BrowserStart {
  /** The program in the place of the browser's own. */
  readonly program?: string;
  /** Beside the usual ones. */
  readonly more?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export async function startBrowser({ program = executablePath, more = [], env }: BrowserStart = {}): Promise<Browser> {
  return await chromium.launch({
    executablePath: program,
    args: [...args, ...more],
    ...(env ? { env: { ...process.env, ...env } as Record<string, string> } : {}),
  });
}

/** A browser in processes that a test may stop, let go on, or kill. */
export class FragileBrowser {
  readonly browser: Browser;
  readonly #server: BrowserServer;

  private constructor(server: BrowserServer, browser: Browser) {
    this.#server = server;
    this.browser = browser;
  }

  static async start(): Promise<FragileBrowser> {
    const server = await chromium.launchServer({ executablePath, args });
    return new FragileBrowser(server, await chromium.connect(server.wsEndpoint()));
  }

  /** As a laptop that is closed. */
  freeze(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGCONT');
  }

  /** As a laptop whose battery is taken out. */
  async kill(): Promise<void> {
    await this.#server.kill();
  }

  #processes(): number[] {
    const root = this.#server.process().pid;
    return root === undefined ? [] : descendantsOf(root);
  }
}

/** A process and all that came of it (proc(5)). */
function descendantsOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    const status = readStatus(pid);
    if (status !== undefined) parents.set(pid, Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]));
  }
  const found = new Set([root]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

function readStatus(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return undefined;
  }
}

/** What browsers throw (Media Capture and Streams, section 10.1.3). */
const deviceErrors = {
  refused: 'NotAllowedError',
  missing: 'NotFoundError',
  busy: 'NotReadableError',
  failed: 'UnknownError',
} as const;

export interface PersonOptions extends BrowserContextOptions {
  /** Whether the browser lets the page use the devices, or why it does not. */
  readonly devices?: 'granted' | keyof typeof deviceErrors;
}

/** Somebody with storage and permissions of their own. */
export async function newPerson(
  browser: Browser,
  { devices = 'granted', ...options }: PersonOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Madrid',
    viewport: { width: 1280, height: 800 },
    permissions: devices === 'granted' ? ['camera', 'microphone', 'clipboard-read', 'clipboard-write'] : [],
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  await context.addInitScript(recordConnections);
  await context.addInitScript(recordSayings);
  if (devices !== 'granted') await context.addInitScript(refuseDevices, deviceErrors[devices]);
  return context;
}

/** The page shows neither its connections nor its devices; tests read their statistics. */
function recordConnections(): void {
  if (!navigator.mediaDevices) return;
  const connections: RTCPeerConnection[] = [];
  const tracks: MediaStreamTrack[] = [];
  Reflect.set(window, 'tracks', tracks);
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  Reflect.set(window, 'connections', connections);
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
}

/** What the page says is taken back after a few seconds, which a busy machine may need to look. */
function recordSayings(): void {
  const sayings: string[] = [];
  Reflect.set(window, 'sayings', sayings);
  const listen = () => {
    const text = document.querySelector('#status')?.textContent ?? '';
    if (text !== '' && text !== sayings.at(-1)) sayings.push(text);
  };
  new MutationObserver(listen).observe(document, { childList: true, characterData: true, subtree: true });
}

/** Everything that the page has said to a screen reader without haste. */
export async function sayings(page: Page): Promise<string[]> {
  return await page.evaluate(() => Reflect.get(window, 'sayings') as string[]);
}

function refuseDevices(error: string): void {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('No devices', error));
}

/** As browsers do until a page is clicked; here until a test says that it was. */
export function holdSoundBack(): void {
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    const silent = this.muted || Reflect.get(window, 'clicked') === true;
    return silent ? play.call(this) : Promise.reject(new DOMException('Not allowed', 'NotAllowedError'));
  };
}

/** Joins from the lobby. */
export async function join(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

/** How many devices are still on: what their lights would show. */
export async function devicesInUse(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      (Reflect.get(window, 'tracks') as MediaStreamTrack[]).filter(({ readyState }) => readyState === 'live').length,
  );
}

/** The kinds of candidates that a page knows of the other's: `prflx` are those that no signal told it. */
export async function candidatesOfOther(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const [connection] = Reflect.get(window, 'connections') as RTCPeerConnection[];
    const reports = [...((await connection?.getStats())?.values() ?? [])];
    return reports.filter(({ type }) => type === 'remote-candidate').map(({ candidateType }) => candidateType);
  });
}

/** The servers that each connection of a page finds its way with. */
export async function iceServers(page: Page): Promise<(RTCIceServer[] | undefined)[]> {
  return await page.evaluate(() =>
    (Reflect.get(window, 'connections') as RTCPeerConnection[]).map(
      (connection) => connection.getConfiguration().iceServers,
    ),
  );
}

/** What has come in over the connections of a page that stand, and how many it has made. */
export interface Received {
  readonly frames: number;
  readonly audioBytes: number;
  readonly audioEnergy: number;
  readonly connected: number;
  readonly made: number;
  readonly closed: number;
}

export async function received(page: Page): Promise<Received> {
  return await page.evaluate(async () => {
    const all = Reflect.get(window, 'connections') as RTCPeerConnection[];
    const connections = all.filter(({ connectionState }) => connectionState === 'connected');
    const closed = all.filter(({ connectionState }) => connectionState === 'closed').length;
    const sum = { frames: 0, audioBytes: 0, audioEnergy: 0, connected: connections.length, made: all.length, closed };
    for (const connection of connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        sum.frames += report.framesDecoded ?? 0;
        sum.audioEnergy += report.totalAudioEnergy ?? 0;
        if (report.kind === 'audio') sum.audioBytes += report.bytesReceived ?? 0;
      }
    }
    return sum;
  });
}
