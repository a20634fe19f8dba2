import { door } from '../../../runtime/http.ts';
import { consoleSettings } from './consoleSettings.ts';

/** `GET /settings.json`: where the console's API and its sign-in are, and what the deployment takes. */
export const handler = door(async () => ({ status: 200, body: consoleSettings() }));
