import { watchLoudness } from './loudness.ts';

/** How loud the own microphone is: for a level that is seen, and to know whether one speaks. */
export class OwnVoice {
  readonly #onUnmeasured: (unmeasured: boolean) => void;
  #loudness = 0;
  #element: HTMLElement | null = null;
  #watched: { readonly track: MediaStreamTrack; readonly end: () => void } | undefined;

  /** @param onUnmeasured is told when the browser stops measuring, and when it begins */
  constructor(onUnmeasured: (unmeasured: boolean) => void) {
    this.#onUnmeasured = onUnmeasured;
  }

  /** From 0 (silence) to 1. */
  get loudness(): number {
    return this.#loudness;
  }

  /** Listens to this track, and to none before it. */
  watch(track: MediaStreamTrack | null): void {
    if (this.#watched?.track === track) return;
    this.#watched?.end();
    this.#watched = undefined;
    this.#loudness = 0;
    if (!track || typeof AudioContext === 'undefined') return;
    const end = watchLoudness(track, (loudness) => this.#show(loudness), this.#onUnmeasured);
    this.#watched = { track, end };
  }

  /** Shows it on an element, as `--level` and as the value of a meter; on none where there is none. */
  showOn(element: HTMLElement | null): void {
    this.#element = element;
  }

  #show(loudness: number): void {
    this.#loudness = loudness;
    if (!this.#element) return;
    this.#element.style.setProperty('--level', loudness.toFixed(3));
    const value = String(Math.round(loudness * 10) * 10);
    if (this.#element.getAttribute('aria-valuenow') !== value) this.#element.setAttribute('aria-valuenow', value);
  }
}
