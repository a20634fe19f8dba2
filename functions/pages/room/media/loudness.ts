/** Milliseconds in which a browser begins to measure that is going to. */
const startPatience = 1_000;

/** What lets a browser begin that held sound back: a touch, or that the page is looked at again. */
const occasions = ['pointerdown', 'keydown', 'visibilitychange'];

/**
 * Watches how loud a track is, from 0 (silence) to 1, with every frame that the browser draws. Browsers hold
 * sound back until the page is touched, and while a phone is in a call; then it begins by itself.
 *
 * @param onHeld is told whether sound is held back, when that changes
 * @returns what ends it
 */
export function watchLoudness(
  track: MediaStreamTrack,
  onLoudness: (loudness: number) => void,
  onHeld: (isHeld: boolean) => void,
): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let ended = false;
  let held = 0;
  const measure = () => {
    if (ended) return;
    analyser.getFloatTimeDomainData(samples);
    held = Math.max(loudnessOf(samples), held * 0.9);
    onLoudness(track.enabled ? held : 0);
    requestAnimationFrame(measure);
  };
  // Refused until one of the occasions.
  const resume = () => void context.resume().catch(() => {});
  const follow = () => {
    if (ended) return;
    onHeld(context.state !== 'running');
    // On a phone it is "interrupted" by a call, and stays suspended after it.
    if (context.state !== 'running') resume();
  };
  context.onstatechange = follow;
  for (const occasion of occasions) addEventListener(occasion, resume, true);
  const first = setTimeout(follow, startPatience);
  measure();
  return () => {
    ended = true;
    clearTimeout(first);
    for (const occasion of occasions) removeEventListener(occasion, resume, true);
    onHeld(false);
    void context.close();
  };
}

/** Decibels below the loudest possible that count as silence. */
const silence = -60;

/** Ears hear by ratios: the scale is that of decibels. */
export function loudnessOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power + Number.EPSILON);
  return Math.min(1, Math.max(0, 1 - decibels / silence));
}
