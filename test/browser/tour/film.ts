/** A picture of the film: what is seen, and the line below it. */
export interface Scene {
  readonly caption: string;
  /** SVG, 1000 by 625. */
  readonly picture: string;
}

const width = 1000;
const pictureHeight = 625;
const captionHeight = 60;
const secondsEach = 4;

/**
 * Pictures that follow one another without end, in a file that needs no player: SVG with CSS, as a README shows it in an
 * `img`. Who wants nothing to move (`prefers-reduced-motion`) sees the first.
 */
export function film(scenes: readonly Scene[]): string {
  const height = pictureHeight + captionHeight;
  const total = scenes.length * secondsEach;
  const share = 100 / scenes.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(scenes.map(({ caption }) => caption).join(' '))}">
<style>
.scene { opacity: 0; animation: shown ${total}s infinite }
@keyframes shown { 0% { opacity: 0 } 1% { opacity: 1 } ${share}% { opacity: 1 } ${share + 1}% { opacity: 0 } 100% { opacity: 0 } }
.caption { font: 500 21px system-ui, Helvetica, Arial, sans-serif; fill: #f4f6fb }
.code { font: 19px ui-monospace, Menlo, Consolas, monospace; fill: #d7deec; white-space: pre }
@media (prefers-reduced-motion: reduce) { .scene { animation: none } .scene:nth-of-type(1) { opacity: 1 } }
</style>
<rect width="${width}" height="${height}" rx="12" fill="#161b24"/>
${scenes.map((scene, index) => sceneElement(scene, index)).join('\n')}
</svg>
`;
}

function sceneElement({ caption, picture }: Scene, index: number): string {
  return `<g class="scene" style="animation-delay: ${index * secondsEach}s">${picture}<text class="caption" x="28" y="${pictureHeight + 38}">${escaped(caption)}</text></g>`;
}

/** What is typed and answered, as a terminal shows it. */
export function terminal(lines: readonly string[]): string {
  return lines
    .map((line, index) => `<text class="code" x="36" y="${58 + index * 31}">${escaped(line)}</text>`)
    .join('');
}

/** @param webp its bytes, in the proportions of 1000 to 625 */
export function screenshot(webp: Buffer): string {
  return `<image width="${width}" height="${pictureHeight}" href="data:image/webp;base64,${webp.toString('base64')}"/>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
