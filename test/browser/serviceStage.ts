import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { beginJourney, type Journey } from '../journeys/journey.ts';
import { startBrowser } from './people.ts';

/** A browser and the service that the pages are made for, its own functions, gateway and table, for the tests of one file. */
export class ServiceStage {
  #browser: Browser | undefined;
  #service: Journey | undefined;

  constructor() {
    beforeAll(async () => {
      [this.#browser, this.#service] = await Promise.all([startBrowser(), beginJourney({ openBefore: 0 })]);
    }, 120_000);
    afterEach(async () => {
      await Promise.all(this.browser.contexts().map((context) => context.close()));
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#service?.end();
    });
  }

  get browser(): Browser {
    if (!this.#browser) throw new Error('The browser has not started');
    return this.#browser;
  }

  get service(): Journey {
    if (!this.#service) throw new Error('The service has not started');
    return this.#service;
  }
}
