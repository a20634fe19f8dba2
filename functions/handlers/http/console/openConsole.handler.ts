import { consolePage } from '../../../console/consolePage.ts';
import { door } from '../../../runtime/http.ts';
import { consoleSettings } from './consoleSettings.ts';

/** `GET /` and every other address of the console but those of its assets and settings: the page. */
export const handler = door(async (request) => consolePage(request, consoleSettings()));
