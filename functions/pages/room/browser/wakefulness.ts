/** Keeps the screen on for as long as it is wanted; browsers let go of it whenever the page is hidden. */
export class Wakefulness {
  #wanted = false;
  #lock: WakeLockSentinel | undefined;

  constructor() {
    document.addEventListener('visibilitychange', () => void this.#keep());
  }

  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    void this.#keep();
  }

  async #keep(): Promise<void> {
    if (!('wakeLock' in navigator)) return;
    if (!this.#wanted) {
      await this.#lock?.release();
      this.#lock = undefined;
    } else if (document.visibilityState === 'visible') {
      // Refused where the battery is low, which is the browser's to decide.
      this.#lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    }
  }
}
