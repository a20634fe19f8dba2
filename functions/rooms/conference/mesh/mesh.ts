import type { Conference } from '../conference.ts';

/** The rooms' own pages hold the conference: each browser connects to each other. */
export const mesh: Conference = {
  facts: () => ({}),
  routes: [],
  origins: [],
  answersTelephone: false,
  connectsBrowsers: true,
};
