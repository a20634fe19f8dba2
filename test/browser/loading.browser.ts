import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newPerson } from './people.ts';
import { Stage } from './stage.ts';

const stage = new Stage();

/** What a test expects a page to complain of whose assets are gone. */
const complaints = /404|dynamically imported module|Failed to load/;

const unready = 'The room has not loaded yet. If this stays, load the page again.';

/** The names of the assets in the document of a room, and of the words that its script asks for. */
async function assetsOf(url: string): Promise<{ main: string; boot: string; style: string; words: string[] }> {
  const document = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
  const [, main = ''] = /modulepreload" href="([^"]+)"/.exec(document) ?? [];
  const [, boot = ''] = /src="([^"]+)"/.exec(document) ?? [];
  const [, style = ''] = /stylesheet" href="([^"]+)"/.exec(document) ?? [];
  const script = await (await fetch(new URL(main, url))).text();
  const words = [...script.matchAll(/import\("\.\/([^"]+)"\)/g)].map(([, name]) => `/assets/${name}`);
  return { main, boot, style, words };
}

/** As a service that was replaced by a release without these assets. */
async function lose(page: Page, names: readonly string[]): Promise<void> {
  const problem = { code: 'no-such-asset', status: 404 };
  await page.route(
    (url) => names.includes(url.pathname),
    (route) => route.fulfill({ status: 404, json: problem, contentType: 'application/problem+json' }),
  );
}

test('a browser gets less than 60 KB before the room is entered, and of the languages its own', async () => {
  const { url } = stage.openRoom();
  const { main, boot, style, words } = await assetsOf(url);
  const page = await stage.newPage(await newPerson(stage.browser, { locale: 'ca-ES' }));
  const sizes = new Map<string, Promise<number>>();
  page.on('requestfinished', (request) => {
    const size = request.sizes().then(({ responseBodySize }) => responseBodySize);
    sizes.set(new URL(request.url()).pathname, size);
  });

  await page.goto(url);
  await page.getByLabel('El teu nom').waitFor();

  const asked = [...sizes.keys()].filter((path) => path.startsWith('/assets/'));
  expect(words).toHaveLength(3);
  expect(asked.filter((path) => words.includes(path))).toHaveLength(1);
  expect(asked).toEqual(expect.arrayContaining([main, boot, style]));
  const bytes = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(60_000);
});

test.each(['main', 'words'] as const)(
  'says that it is not complete, and loads again by itself, where its %s is gone',
  async (what) => {
    stage.expected = complaints;
    const { url } = stage.openRoom();
    const { main, words } = await assetsOf(url);
    const page = await stage.newPage();
    await lose(page, what === 'main' ? [main] : words);

    await page.goto(`${url}#host=the-host-token`);
    await page.getByText(unready).waitFor();
    await page.unrouteAll();

    await page.getByLabel('Your name').waitFor();
    expect(await page.getByText(unready).count()).toBe(0);
    await page.getByText('You are the host of this meeting').waitFor();
  },
);

test('loads again once where its style is gone, and then works without', async () => {
  stage.expected = complaints;
  const { url } = stage.openRoom();
  const { style } = await assetsOf(url);
  const page = await stage.newPage();
  await lose(page, [style]);
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });

  await page.goto(url);
  await expect.poll(() => loads).toBe(2);
  await page.getByLabel('Your name').fill('Ana');
  await page.getByRole('button', { name: 'Join' }).click();

  await page.getByRole('group', { name: 'Controls' }).waitFor();
  expect(loads).toBe(2);
});

test('says that it is not complete where not even its first script comes', async () => {
  stage.expected = complaints;
  const { url } = stage.openRoom();
  const { boot } = await assetsOf(url);
  const page = await stage.newPage();
  await lose(page, [boot]);

  await page.goto(url);

  await page.getByText(unready).waitFor();
  await page.getByText('La sala aún no se ha cargado. Si esto no cambia, vuelve a cargar la página.').waitFor();
});
