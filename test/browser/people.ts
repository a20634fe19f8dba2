import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The browser that the tests drive; it is installed beside them. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A browser whose camera shows a moving picture, whose microphone beeps, and which grants what is asked. */
export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--auto-select-desktop-capture-source=Entire screen',
      // Names of the local network that nobody resolves on a machine without one.
      '--disable-features=WebRtcHideLocalIpsWithMdns',
    ],
  });
}

export interface PersonOptions extends BrowserContextOptions {
  /** Whether the browser has been allowed to use the devices. */
  readonly devices?: 'granted' | 'refused';
}

/** Somebody with a browser of his own: another storage, other permissions. */
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
  await context.addInitScript(recordConnections);
  if (devices === 'refused') await context.addInitScript(refuseDevices);
  return context;
}

/** The page does not show its connections; tests read their statistics. */
function recordConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Reflect.set(window, 'connections', connections);
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
}

function refuseDevices(): void {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
}

/** Joins from the lobby. */
export async function join(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

/** What has come in over all connections of a page that stand. */
export interface Received {
  readonly frames: number;
  readonly audioBytes: number;
  readonly connected: number;
}

export async function received(page: Page): Promise<Received> {
  return await page.evaluate(async () => {
    const connections = (Reflect.get(window, 'connections') as RTCPeerConnection[]).filter(
      ({ connectionState }) => connectionState === 'connected',
    );
    const sum = { frames: 0, audioBytes: 0, connected: connections.length };
    for (const connection of connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        if (report.kind === 'video') sum.frames += report.framesDecoded ?? 0;
        else sum.audioBytes += report.bytesReceived ?? 0;
      }
    }
    return sum;
  });
}
