import { join } from 'node:path';

/** Where `npm start` keeps its state, and `npm run token` finds it. */
export const stateDirectory = process.env.LOCAL_STATE ?? join(import.meta.dirname, '..', '..', '.local');
