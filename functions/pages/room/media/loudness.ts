/**
 * Watches how loud a track is, from 0 (silence) to 1, with every frame that the browser draws. Browsers hold
 * sound back until the page is touched; then it begins by itself.
 *
 * @returns what ends it
 */
export function watchLoudness(track: MediaStreamTrack, onLoudness: (loudness: number) => void): () => void {
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
  const resume = () => void context.resume();
  addEventListener('pointerdown', resume);
  addEventListener('keydown', resume);
  measure();
  return () => {
    ended = true;
    removeEventListener('pointerdown', resume);
    removeEventListener('keydown', resume);
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
