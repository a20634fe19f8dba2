import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from './people.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
  await page.setContent('<div id="root"></div>');
  await page.addScriptTag({ content: await bundled(drawings) });
});

afterAll(() => browser.close());

/** Draws what the pages are drawn with, each thing first in one way and then in another. */
const drawings = `
  import { render } from 'preact';
  import { en } from '../words/en.ts';
  import { Picture } from './picture.tsx';
  import { RoomViewContext } from './roomView.ts';

  const stream = new MediaStream();
  const drawings = {
    listener: [<button>Press</button>, <button onClick={() => (document.title = 'pressed')}>Press</button>],
    property: [<input value="Ana" disabled />, <input />],
    stream: [<Picture muted stream={stream} />, <Picture muted stream={undefined} />],
    variable: [<p style={{ '--level': '0.5' }} />, <p style={{}} />],
    children: [<p><b key="one" /><i key="two" /></p>, <p><i key="two" /><b key="one" /></p>],
  };
  window.draw = (name, time) => {
    const view = { words: en, hear: (video) => void video.play() };
    const drawn = <RoomViewContext.Provider value={view}>{drawings[name][time]}</RoomViewContext.Provider>;
    render(drawn, document.getElementById('root'));
    return document.getElementById('root').firstElementChild;
  };
`;

async function bundled(contents: string): Promise<string> {
  const resolveDir = join(import.meta.dirname, '../../functions/pages/room/views');
  const options = { bundle: true, write: false, format: 'iife', jsx: 'automatic', jsxImportSource: 'preact' } as const;
  const { outputFiles } = await build({ stdin: { contents, resolveDir, loader: 'tsx' }, ...options });
  return outputFiles[0]?.text ?? '';
}

test('a listener that comes with a later drawing is called', async () => {
  await page.evaluate('draw("listener", 0); draw("listener", 1).click()');

  expect(await page.title()).toBe('pressed');
});

test('a property that a later drawing has not is gone', async () => {
  expect(await page.evaluate('(({ value, disabled }) => [value, disabled])(draw("property", 0))')).toEqual([
    'Ana',
    true,
  ]);
  expect(await page.evaluate('(({ value, disabled }) => [value, disabled])(draw("property", 1))')).toEqual(['', false]);
});

test('a stream that a later drawing has not is gone from its picture', async () => {
  expect(await page.evaluate('draw("stream", 0).srcObject instanceof MediaStream')).toBe(true);
  expect(await page.evaluate('draw("stream", 1).srcObject')).toBe(null);
});

test('a variable of style that a later drawing has not is gone', async () => {
  expect(await page.evaluate('draw("variable", 0).style.getPropertyValue("--level")')).toBe('0.5');
  expect(await page.evaluate('draw("variable", 1).style.getPropertyValue("--level")')).toBe('');
});

test('children that change their places stay the same elements', async () => {
  const same =
    '(() => { const [one, two] = draw("children", 0).children; const after = [...draw("children", 1).children]; return after[0] === two && after[1] === one; })()';

  expect(await page.evaluate(same)).toBe(true);
});
