import type { Page } from 'playwright-core';
import { newPerson } from './people.ts';
import { ServiceStage } from './serviceStage.ts';

/** The console with the service that it is made for, for the tests of one file. */
export class ConsoleStage extends ServiceStage {
  get origin(): string {
    const { ConsoleUrl } = this.service.stack.outputs();
    if (ConsoleUrl === undefined) throw new Error('The service has no console');
    return ConsoleUrl;
  }

  /** Somebody who signed in at the console. */
  async person(name: 'Alice' | 'Bob', options: Parameters<typeof newPerson>[1] = {}, path = '/'): Promise<Page> {
    const page = await (await newPerson(this.browser, options)).newPage();
    await page.goto(this.origin + path);
    await page.locator('.sign-in button').click();
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await page.locator('header.top').waitFor();
    return page;
  }
}
